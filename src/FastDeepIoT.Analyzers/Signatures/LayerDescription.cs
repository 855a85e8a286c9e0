using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A method, or type with its constructors, of any library that makes a layer.</summary>
/// <param name="Name">Its full name, dots between namespaces, types and method.</param>
/// <param name="Signature">How it makes the layer.</param>
internal sealed record LayerDescription(string Name, LayerSignature Signature)
{
    private static readonly SymbolDisplayFormat _fullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The name of the method or type alone.</summary>
    internal string SimpleName { get; } = Name.Substring(Name.LastIndexOf('.') + 1);

    /// <summary>Whether this is about that method or constructor.</summary>
    internal bool Describes(IMethodSymbol method)
    {
        var type = method.ContainingType.ToDisplayString(_fullName);
        return Name == (method.MethodKind == MethodKind.Constructor ? type : $"{type}.{method.Name}");
    }
}

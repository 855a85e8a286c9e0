using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>What a compilation can make layers with: the factories of TorchSharp, where it is referenced, and what descriptions name.</summary>
internal sealed class LayerLibrary(TorchSharpTypes? torchSharp, IReadOnlyList<LayerDescription> descriptions)
{
    private readonly HashSet<string> _names = new(
        [.. TorchSharpSignatures.Names, "Sequential", .. descriptions.Select(description => description.SimpleName)], StringComparer.Ordinal);

    private readonly ILookup<string, LayerDescription> _described = descriptions.ToLookup(description => description.SimpleName, StringComparer.Ordinal);

    /// <summary>The types of TorchSharp; null when it is not referenced.</summary>
    internal TorchSharpTypes? TorchSharp => torchSharp;

    /// <summary>Whether objects may be layers, not only what methods return.</summary>
    internal bool HasConstructors => descriptions.Count > 0;

    /// <summary>The names of methods and types without one of which code makes no layer.</summary>
    internal IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether a method, or type, of that name may make a layer or a sequence of them.</summary>
    internal bool MayMake(string name) => _names.Contains(name);

    /// <summary>Whether a method is one of TorchSharp's factories of modules.</summary>
    internal bool IsFactory(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, torchSharp?.Factories);

    /// <summary>How a method or constructor makes a layer; null when it does not.</summary>
    internal LayerSignature? Find(IMethodSymbol method)
    {
        if (IsFactory(method)) return TorchSharpSignatures.Find(method.Name);

        var name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        return _described[name].FirstOrDefault(description => description.Describes(method))?.Signature;
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>The part of a file that is read as one network: a type without those inside it, or all that stands outside of types.</summary>
internal sealed class NetworkCode(SyntaxNode scope)
{
    private readonly List<ExpressionSyntax> _constructions = [];
    private readonly List<InvocationExpressionSyntax> _runs = [];

    /// <summary>The type, or the whole file.</summary>
    internal SyntaxNode Scope => scope;

    /// <summary>Calls and object creations that may make layers or sequences of them.</summary>
    internal IReadOnlyList<ExpressionSyntax> Constructions => _constructions;

    /// <summary>The bodies in which modules run.</summary>
    internal IEnumerable<SyntaxNode> Bodies => scope is CompilationUnitSyntax
        ? _runs.Count > 0 ? [scope] : []
        : _runs.Select(call => call.FirstAncestorOrSelf<MemberDeclarationSyntax>()).OfType<BaseMethodDeclarationSyntax>().Distinct();

    /// <summary>The networks of a file, found in one walk.</summary>
    internal static IReadOnlyList<NetworkCode> In(SyntaxNode root, LayerLibrary library)
    {
        var found = new Dictionary<SyntaxNode, NetworkCode>();
        foreach (var expression in root.DescendantNodes().OfType<ExpressionSyntax>())
        {
            var runs = IsRun(expression);
            if (!runs && !MayMakeLayers(expression, library)) continue;

            var scope = expression.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? root;
            if (!found.TryGetValue(scope, out var code)) found.Add(scope, code = new NetworkCode(scope));
            if (runs) code._runs.Add((InvocationExpressionSyntax)expression);
            else code._constructions.Add(expression);
        }

        return [.. found.Values.Where(code => code._constructions.Count > 0)];
    }

    private static bool IsRun(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax call && MethodName.Of(call) is "forward" or "call";

    private static bool MayMakeLayers(ExpressionSyntax expression, LayerLibrary library) => expression switch
    {
        InvocationExpressionSyntax call => MethodName.Of(call) is { } name && library.MayMake(name),
        ObjectCreationExpressionSyntax creation => library.HasConstructors && MethodName.Of(creation) is { } name && library.MayMake(name),
        ImplicitObjectCreationExpressionSyntax => library.HasConstructors,
        _ => false,
    };
}

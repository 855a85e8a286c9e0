using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>Finds where a name is mentioned. Every outermost type is searched once, whatever is asked about it.</summary>
internal sealed class Mentions
{
    private readonly Dictionary<SyntaxNode, ILookup<string, IdentifierNameSyntax>> _indices = [];

    /// <summary>The expressions in a scope that end in a name, as <c>name</c> or <c>this.name</c>.</summary>
    internal IEnumerable<ExpressionSyntax> Find(SyntaxNode scope, string name) =>
        from identifier in IndexOf(scope)[name]
        where scope.Span.Contains(identifier.Span)
        select identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier
            ? access
            : (ExpressionSyntax)identifier;

    /// <summary>Whether an expression is given a value where it stands.</summary>
    internal static bool IsWritten(ExpressionSyntax use) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == use,
        PrefixUnaryExpressionSyntax prefix =>
            prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax postfix =>
            !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression) || IsWritten(postfix),
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsWritten(tuple),
        ArgumentSyntax argument => !argument.RefOrOutKeyword.IsKind(SyntaxKind.None),
        ParenthesizedExpressionSyntax inner => IsWritten(inner),
        RefExpressionSyntax => true,
        _ => false,
    };

    private ILookup<string, IdentifierNameSyntax> IndexOf(SyntaxNode scope)
    {
        var outermost = scope.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? scope.SyntaxTree.GetRoot();
        if (!_indices.TryGetValue(outermost, out var index))
        {
            index = outermost.DescendantNodes().OfType<IdentifierNameSyntax>().ToLookup(name => name.Identifier.ValueText);
            _indices.Add(outermost, index);
        }

        return index;
    }
}

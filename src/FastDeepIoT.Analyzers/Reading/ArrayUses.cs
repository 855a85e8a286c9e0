using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>Whether the initializer of a variable that holds an array still tells what is in the array. By name alone, as everything that changes it.</summary>
internal sealed class ArrayUses(Mentions mentions, CancellationToken cancellation)
{
    /// <summary>Whether nobody writes an element. Whoever it is handed to, as a shape is to a runtime, is taken to read it.</summary>
    internal bool IsNeverFilled(ISymbol symbol) => UsesOf(symbol)?.All(use => !IsFilled(use)) == true;

    /// <summary>Whether all that anybody does with it is to read its elements.</summary>
    internal bool IsOnlyRead(ISymbol symbol) =>
        symbol is ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private } && UsesOf(symbol)?.All(IsRead) == true;

    private IEnumerable<ExpressionSyntax>? UsesOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is [var reference] && Constants.ScopeOf(symbol, reference.GetSyntax(cancellation)) is { } scope
            ? mentions.Find(scope, symbol.Name)
            : null;

    private static bool IsFilled(ExpressionSyntax use) => use.Parent is ElementAccessExpressionSyntax access && Mentions.IsWritten(access);

    private static bool IsRead(ExpressionSyntax use) => use.Parent switch
    {
        ElementAccessExpressionSyntax access => access.Expression == use && !Mentions.IsWritten(access),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } or ForEachStatementSyntax => true,
        _ => false,
    };
}

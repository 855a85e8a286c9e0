using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>Whether the initializer of a variable that holds an array still tells what is in the array. By name alone, as everything that changes it.</summary>
internal sealed class ArrayUses(Mentions mentions, CancellationToken cancellation)
{
    private static readonly HashSet<string> _filling = ["BlockCopy", "Clear", "Copy", "CopyTo", "Fill", "Resize", "Reverse", "SetValue", "Sort", "TryCopyTo"];

    /// <summary>Whether nobody writes an element. Whoever it is handed to, as a shape is to a runtime, is taken to read it.</summary>
    internal bool IsNeverFilled(ISymbol symbol) => UsesOf(symbol)?.All(use => !IsFilled(use)) == true;

    /// <summary>Whether all that anybody does with it is to read its elements.</summary>
    internal bool IsOnlyRead(ISymbol symbol) =>
        symbol is ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private } && UsesOf(symbol)?.All(IsRead) == true;

    private IEnumerable<ExpressionSyntax>? UsesOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is [var reference] && Initializers.ScopeOf(symbol, reference.GetSyntax(cancellation)) is { } scope
            ? mentions.Find(scope, symbol.Name)
            : null;

    private static bool IsFilled(ExpressionSyntax use) => use.Parent switch
    {
        ElementAccessExpressionSyntax access => Mentions.IsWritten(access),
        MemberAccessExpressionSyntax access => access.Expression == use && _filling.Contains(access.Name.Identifier.ValueText),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => MethodName.Of(call) is { } name && _filling.Contains(name),
        _ => false,
    };

    private static bool IsRead(ExpressionSyntax use) => use.Parent switch
    {
        ElementAccessExpressionSyntax access => access.Expression == use && !Mentions.IsWritten(access),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } or ForEachStatementSyntax => true,
        _ => false,
    };
}

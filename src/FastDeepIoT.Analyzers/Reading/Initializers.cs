using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>What constants, fields and locals are initialized with, as long as they never have another value.</summary>
internal sealed class Initializers(SemanticModel model, Mentions mentions, CancellationToken cancellation)
{
    private readonly Dictionary<ISymbol, IOperation?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The expression a const, a readonly field or a never changed local of this file gets its value from; null when it may have another.
    /// </summary>
    internal IOperation? Of(ISymbol symbol)
    {
        if (!_known.TryGetValue(symbol, out var known)) _known.Add(symbol, known = Find(symbol));
        return known;
    }

    /// <summary>The number a readonly field of another file always has, if it is written there as a literal.</summary>
    internal long? NumberElsewhere(ISymbol symbol)
    {
        if (symbol is not IFieldSymbol { IsReadOnly: true, DeclaringSyntaxReferences: [var reference] } || reference.SyntaxTree == model.SyntaxTree) return null;
        if (reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } declarator) return null;

        return IsChanged(symbol, declarator) ? null : Integers.Of(literal.Token.Value);
    }

    /// <summary>
    /// The syntax in which every mention of a local or a private field lies; null when it may be mentioned elsewhere.
    /// </summary>
    internal static SyntaxNode? ScopeOf(ISymbol symbol, SyntaxNode declaration) => symbol switch
    {
        ILocalSymbol => declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)
            ?? declaration.SyntaxTree.GetRoot(),
        IFieldSymbol { ContainingType.DeclaringSyntaxReferences.Length: 1 } =>
            declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>(),
        _ => null,
    };

    private IOperation? Find(ISymbol symbol)
    {
        if (symbol is not (IFieldSymbol { IsConst: true } or IFieldSymbol { IsReadOnly: true } or ILocalSymbol { IsRef: false })) return null;
        if (symbol.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != model.SyntaxTree) return null;

        var declaration = reference.GetSyntax(cancellation);
        if (ValueIn(declaration) is not { } value) return null;

        var isConstant = symbol is IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true };
        return isConstant || !IsChanged(symbol, declaration) ? model.GetOperation(value, cancellation) : null;
    }

    private static ExpressionSyntax? ValueIn(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
        // var (inputs, outputs) = (63, 64);
        SingleVariableDesignationSyntax { Parent: ParenthesizedVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } } names } name
            when assignment.Right is TupleExpressionSyntax values => values.Arguments.ElementAtOrDefault(names.Variables.IndexOf(name))?.Expression,
        _ => null,
    };

    // By name alone: a change of another variable of that name makes the number unsure, never wrong.
    private bool IsChanged(ISymbol symbol, SyntaxNode declaration) =>
        ScopeOf(symbol, declaration) is not { } scope || mentions.Find(scope, symbol.Name).Any(Mentions.IsWritten);
}

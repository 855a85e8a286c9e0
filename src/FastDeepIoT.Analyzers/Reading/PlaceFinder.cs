using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Finds the literals to edit so that every number of a group changes, and nothing else does.</summary>
internal sealed class PlaceFinder(SemanticModel model, Mentions mentions, Constants constants, CancellationToken cancellation)
{
    private const int DeepestExpression = 32;

    /// <summary>Couples groups that get their numbers from the same literal, and lets every group find its places when they are asked for.</summary>
    internal void Place(IReadOnlyCollection<ConstructedLayer> layers)
    {
        var owners = new Dictionary<SyntaxNode, WidthNode>();
        foreach (var node in layers.SelectMany(layer => layer.Nodes))
            foreach (var number in node.Written)
            {
                if ((LiteralOf(number, node.Group.Width, []) ?? OnlyVariableIn(number)) is not { } literal) continue;
                if (owners.TryGetValue(literal, out var owner)) owner.Group.Join(node.Group);
                else owners.Add(literal, node);
            }

        foreach (var group in layers.SelectMany(layer => layer.Nodes).Select(node => node.Group).Distinct())
            group.FindPlaces(PlacesOf);
    }

    private IReadOnlyList<Place>? PlacesOf(WidthGroup group)
    {
        if (group.IsOpen || group.Nodes.Any(node => node.Written.Count == 0)) return null;

        var places = new Dictionary<SyntaxNode, Place>();
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var number in group.Numbers)
        {
            if (LiteralOf(number, group.Width, symbols) is not { } literal || Integers.Of(literal.Token.Value) is not { } value) return null;
            if (value % group.Width != 0) return null;
            places[literal] = new Place(literal, value / group.Width);
        }

        return symbols.All(symbol => OnlyServes(group, symbol)) ? [.. places.Values] : null;
    }

    private LiteralExpressionSyntax? LiteralOf(IOperation number, long width, ICollection<ISymbol> symbols, int depth = 0)
    {
        if (depth > DeepestExpression || IsNarrow(number)) return null;

        switch (Constants.Bare(number))
        {
            case ILiteralOperation { Syntax: LiteralExpressionSyntax literal }:
                return literal;
            case IFieldReferenceOperation field:
                return ThroughSymbol(field.Field, width, symbols, depth);
            case ILocalReferenceOperation local:
                return ThroughSymbol(local.Local, width, symbols, depth);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product:
                var factors = FactorsOf(product).Where(factor => constants.Evaluate(factor) == width).ToList();
                return factors is [var only] ? LiteralOf(only, width, symbols, depth + 1) : null;
            default:
                return null;
        }
    }

    // A wider number may not fit a small type.
    private static bool IsNarrow(IOperation number) =>
        number.Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt16
        || (number is IConversionOperation conversion && IsNarrow(conversion.Operand));

    // 2 * Width changes with Width, also where nothing else tells that it should.
    private LiteralExpressionSyntax? OnlyVariableIn(IOperation number)
    {
        var variables = FactorsOf(number).Select(Constants.Bare).Where(factor => factor is IFieldReferenceOperation or ILocalReferenceOperation).ToList();
        return variables is [var only] && constants.Evaluate(only) is { } width ? LiteralOf(only, width, []) : null;
    }

    private LiteralExpressionSyntax? ThroughSymbol(ISymbol symbol, long width, ICollection<ISymbol> symbols, int depth)
    {
        symbols.Add(symbol);
        return constants.InitializerOf(symbol) is { } initializer ? LiteralOf(initializer, width, symbols, depth + 1) : null;
    }

    private static IEnumerable<IOperation> FactorsOf(IOperation operation) =>
        Constants.Bare(operation) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product
            ? FactorsOf(product.LeftOperand).Concat(FactorsOf(product.RightOperand))
            : [operation];

    // A constant that is used for anything else cannot be changed on behalf of this width.
    private bool OnlyServes(WidthGroup group, ISymbol symbol)
    {
        if (symbol is IFieldSymbol { DeclaredAccessibility: not Accessibility.Private }) return false;
        if (symbol.DeclaringSyntaxReferences is not [var reference]) return false;
        if (Initializers.ScopeOf(symbol, reference.GetSyntax(cancellation)) is not { } scope) return false;

        var served = group.Numbers.Select(number => number.Syntax.Span).ToList();
        return mentions.Find(scope, symbol.Name).All(use =>
            served.Any(span => span.Contains(use.Span))
            || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, symbol));
    }
}

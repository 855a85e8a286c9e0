using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Finds the name of the input that a value is given to: where it is created, or where the local that holds it is mentioned. Names stand
/// beside values in calls such as <c>NamedOnnxValue.CreateFromTensor("input", value)</c>, in entries of dictionaries, and in a list of their own.
/// </summary>
internal sealed class InputNameFinder(SemanticModel model, Mentions mentions, Constants constants, CancellationToken cancellation)
{
    private const int LongestWay = 4;

    /// <summary>The name; null when code does not tell it, or tells several.</summary>
    internal string? Find(SyntaxNode value)
    {
        var names = NamesOf(value, LongestWay).Distinct().Take(2).ToList();
        return names is [var name] ? name : null;
    }

    private IEnumerable<string> NamesOf(SyntaxNode value, int way)
    {
        if (way == 0) return [];

        return value.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument => NamesOf(call, list, argument, way),
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ObjectCreationExpressionSyntax pair } list } argument when MethodName.Of(pair) == "KeyValuePair" => NamesBeside(argument, list),
            InitializerExpressionSyntax list when NamesBeside(list.Parent, list.Expressions.IndexOf((ExpressionSyntax)value)) is { } names => names,
            ExpressionElementSyntax { Parent: CollectionExpressionSyntax list } element when NamesBeside(list, list.Elements.IndexOf(element)) is { } names => names,
            InitializerExpressionSyntax { Expressions: [var key, var held] } when held == value => Text(key),
            AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [var key] } } => Text(key.Expression),
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } } assignment
                when assignment.Right == value => Text(key.Expression),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } assignment when assignment.Right == value => NamesOfVariable(assignment.Left, way),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => NamesOfVariable(declarator, way),
            ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax => NamesOf(value.Parent, way - 1),
            _ => [],
        };
    }

    // A name beside the value, or a call that only wraps it.
    private IEnumerable<string> NamesOf(InvocationExpressionSyntax call, ArgumentListSyntax list, ArgumentSyntax value, int way) => MethodName.Of(call) switch
    {
        "CreateFromTensor" or "BindInput" or "Add" or "TryAdd" or "Create" when list.Arguments.Count > 1 => NamesBeside(value, list),
        "CreateFromTensor" => NamesOf(call, way - 1),
        _ => [],
    };

    private IEnumerable<string> NamesBeside(ArgumentSyntax value, ArgumentListSyntax list) =>
        list.Arguments.Where(argument => argument != value).SelectMany(argument => Text(argument.Expression));

    // session.Run(options, ["ids", "mask"], [ids, mask], ...): names and values in two lists of the same order.
    private IEnumerable<string>? NamesBeside(SyntaxNode? values, int index)
    {
        if (values?.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument) return null;
        if (MethodName.Of(call) is not ("Run" or "RunAsync") || list.Arguments.IndexOf(argument) is not (> 0 and var place)) return null;

        return model.GetOperation(list.Arguments[place - 1].Expression, cancellation) is { } names && constants.ElementsOf(names).ElementAtOrDefault(index) is { } name
            ? name.ConstantValue.Value is string text ? [text] : []
            : null;
    }

    private IEnumerable<string> NamesOfVariable(SyntaxNode variable, int way)
    {
        var symbol = variable is ExpressionSyntax
            ? model.GetSymbolInfo(variable, cancellation).Symbol
            : model.GetDeclaredSymbol(variable, cancellation);
        return symbol is ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private } && Initializers.ScopeOf(symbol, variable) is { } scope
            ? mentions.Find(scope, symbol.Name)
                .Where(use => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, symbol))
                .SelectMany(use => NamesOf(use, way - 1))
            : [];
    }

    private IEnumerable<string> Text(ExpressionSyntax expression) =>
        model.GetConstantValue(expression, cancellation).Value is string text ? [text] : [];
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// The arguments of a call by the name of their parameter, in whatever order they are written. A parameter may go by several
/// names, because TorchSharp renamed some between versions.
/// </summary>
internal sealed class Arguments(IInvocationOperation call, Constants constants)
{
    /// <summary>The method called.</summary>
    internal string Method => call.TargetMethod.Name;

    /// <summary>The expression written for a parameter; null when it is left to its default.</summary>
    internal IOperation? Written(params string[] names) =>
        Find(names) is { ArgumentKind: ArgumentKind.Explicit } argument ? argument.Value : null;

    /// <summary>Whether the method has a parameter of such a name.</summary>
    internal bool Has(params string[] names) => Find(names) is not null;

    /// <summary>The number of a parameter, its default included; null when it is not sure.</summary>
    internal long? Number(params string[] names) => constants.Evaluate(Find(names)?.Value);

    /// <summary>True or false; null when it is not sure.</summary>
    internal bool? Flag(params string[] names) =>
        Find(names)?.Value.ConstantValue is { HasValue: true, Value: bool flag } ? flag : null;

    /// <summary>An enum's member as a number; the fallback when there is no such parameter, null when it is not sure.</summary>
    internal int? Choice(int fallback, params string[] names) => Find(names) is not { } argument
        ? fallback
        : argument.Value.ConstantValue.Value switch
        {
            int number => number,
            long number => (int)number,
            _ => null,
        };

    /// <summary>Whether the parameter of that name is an enum of that type, as TorchSharp's <c>Padding</c>.</summary>
    internal bool IsEnum(string name, string type) =>
        Find([name])?.Parameter?.Type is { TypeKind: TypeKind.Enum } found && found.Name == type;

    /// <summary>
    /// One number an axis: from a number for all, a tuple or an array. The fallback stands for a parameter left to its default of
    /// null, or that the method lacks. Null when any number is not sure.
    /// </summary>
    internal IReadOnlyList<long>? Axes(int rank, IReadOnlyList<long> fallback, params string[] names)
    {
        if (Find(names) is not { } argument) return fallback;

        var value = Constants.Bare(argument.Value);
        if (value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation) return fallback;
        if (constants.Evaluate(value) is { } number) return Enumerable.Repeat(number, rank).ToArray();

        var elements = ElementsOf(value).Select(constants.Evaluate).ToArray();
        return elements.Length == rank && elements.All(element => element is not null)
            ? elements.Select(element => element!.Value).ToArray()
            : null;
    }

    /// <summary>The elements of a tuple, an array with an initializer, or a collection expression.</summary>
    internal static IEnumerable<IOperation> ElementsOf(IOperation value) => value switch
    {
        ITupleOperation tuple => tuple.Elements,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayCreationOperation => [],
        _ when value.Syntax.RawKind == CollectionExpressionKind => value.ChildOperations,
        _ => [],
    };

    // SyntaxKind.CollectionExpression, whose operation has no type in the oldest Roslyn supported.
    private const int CollectionExpressionKind = 9076;

    private IArgumentOperation? Find(string[] names)
    {
        foreach (var argument in call.Arguments)
            if (argument.Parameter is { } parameter && Array.IndexOf(names, parameter.Name) >= 0) return argument;
        return null;
    }
}

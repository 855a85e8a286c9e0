using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// The arguments of a call by the name of their parameter, in whatever order they are written. A parameter may go by several
/// names, because TorchSharp renamed some between versions.
/// </summary>
internal sealed class Arguments(string method, ImmutableArray<IArgumentOperation> arguments, Constants constants)
{
    internal Arguments(IInvocationOperation call, Constants constants) : this(call.TargetMethod.Name, call.Arguments, constants)
    {
    }

    /// <summary>The name of the method called, or of the type constructed.</summary>
    internal string Method => method;

    /// <summary>The expression written for a parameter; null when it is left to its default.</summary>
    internal IOperation? Written(params string[] names) =>
        Find(names) is { ArgumentKind: ArgumentKind.Explicit } argument ? argument.Value : null;

    /// <summary>Whether the method has a parameter of such a name.</summary>
    internal bool Has(params string[] names) => Find(names) is not null;

    /// <summary>The number of a parameter, its default included; null when it is not sure.</summary>
    internal long? Number(params string[] names) => constants.Evaluate(Find(names)?.Value);

    /// <summary>True or false; null when it is not sure.</summary>
    internal bool? Flag(params string[] names) => Find(names) is { } argument ? constants.ConstantOf(argument.Value) as bool? : null;

    /// <summary>A word or the member of an enum, by its name; null when there is no such parameter, or it is neither.</summary>
    internal string? Word(params string[] names)
    {
        if (Find(names) is not { } argument) return null;

        var value = constants.ValueOf(argument.Value);
        return constants.ConstantOf(value) as string ?? (value.Type is { TypeKind: TypeKind.Enum } type ? MemberOf(type, value.ConstantValue.Value) : null);
    }

    /// <summary>The numbers of a parameter, one or many; null when there is no such parameter, or any number is not sure.</summary>
    internal IReadOnlyList<long>? Numbers(params string[] names)
    {
        if (Find(names) is not { } argument) return null;
        if (constants.Evaluate(argument.Value) is { } only) return [only];

        var numbers = constants.ElementsOf(argument.Value).Select(constants.Evaluate).ToList();
        return numbers.Count > 0 && numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

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

        var elements = constants.ElementsOf(value).Select(constants.Evaluate).ToArray();
        return elements.Length == rank && elements.All(element => element is not null)
            ? elements.Select(element => element!.Value).ToArray()
            : null;
    }

    /// <summary>
    /// The elements of a tuple, an array with an initializer or such an initializer alone, memory of the stack, or a collection expression
    /// that spreads no other.
    /// </summary>
    internal static IEnumerable<IOperation> ElementsOf(IOperation value) => value switch
    {
        ITupleOperation tuple => tuple.Elements,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayInitializerOperation initializer => initializer.ElementValues,
        _ => ElementsByForm(value),
    };

    // Operations without a type of their own, some of them in the oldest Roslyn supported alone; memory of the stack has its length before its elements.
    private static IEnumerable<IOperation> ElementsByForm(IOperation value) => value.Syntax switch
    {
        CollectionExpressionSyntax collection when collection.Elements.All(element => element is ExpressionElementSyntax) => value.ChildOperations,
        StackAllocArrayCreationExpressionSyntax { Initializer: not null } or ImplicitStackAllocArrayCreationExpressionSyntax => value.ChildOperations.Skip(1),
        _ => [],
    };

    private static string? MemberOf(ITypeSymbol type, object? value) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Equals(member.ConstantValue, value))?.Name;

    private IArgumentOperation? Find(string[] names)
    {
        foreach (var argument in arguments)
            if (argument.Parameter is { } parameter && Array.IndexOf(names, parameter.Name) >= 0) return argument;
        return null;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Numbers that are sure from the source of one file: constants, arithmetic on them, elements of arrays, and fields and locals that only
/// ever have the value they are initialized with. Of other files, only what is written as a literal: to bind more there costs too much.
/// </summary>
internal sealed class Constants(SemanticModel model, Mentions mentions, CancellationToken cancellation)
{
    private const int DeepestExpression = 32;
    private readonly ArrayUses _arrays = new(mentions, cancellation);
    private readonly Dictionary<ISymbol, long?> _symbols = new(SymbolEqualityComparer.Default);
    private readonly Initializers _initializers = new(model, mentions, cancellation);

    /// <summary>The number an expression always has, or null.</summary>
    internal long? Evaluate(IOperation? operation) => Evaluate(operation, 0);

    /// <summary>What a constant expression is, or what a variable that always has the same value is initialized with; null for others.</summary>
    internal object? ConstantOf(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: var value } ? value : ValueOf(operation).ConstantValue.Value;

    /// <summary>The expression a const, a readonly field or a never changed local gets its value from; null when it may have another.</summary>
    internal IOperation? InitializerOf(ISymbol symbol) => _initializers.Of(symbol);

    /// <summary>
    /// The expression itself, or the one that a variable it mentions always has for a value. Conversions are left out, user-defined ones
    /// as well.
    /// </summary>
    internal IOperation ValueOf(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        var initializer = operation switch
        {
            IFieldReferenceOperation field => InitializerOf(field.Field),
            ILocalReferenceOperation local => InitializerOf(local.Local),
            _ => null,
        };
        while (initializer is IConversionOperation conversion) initializer = conversion.Operand;
        return initializer ?? operation;
    }

    /// <summary>
    /// The elements an array or a span is made of, where it stands or in a variable whose elements nobody changes; empty when they are not
    /// sure.
    /// </summary>
    internal IEnumerable<IOperation> ElementsOf(IOperation operation) => ElementsOf(operation, 0);

    private IEnumerable<IOperation> ElementsOf(IOperation operation, int depth)
    {
        var whole = Behind(operation);
        if (VariableOf(whole) is not { } symbol) return Arguments.ElementsOf(whole);

        return depth < DeepestExpression && _arrays.IsNeverFilled(symbol) && InitializerOf(symbol) is { } initializer ? ElementsOf(initializer, depth + 1) : [];
    }

    /// <summary>What has the elements of a span over all of it, or of a copy.</summary>
    internal static IOperation Behind(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Behind(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "ToArray", Instance: null, Arguments: [var only] } => Behind(only.Value),
        IInvocationOperation { TargetMethod.Name: "ToArray", Instance: { } span, Arguments: [] } => Behind(span),
        IObjectCreationOperation { Type.Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", Arguments: [var only] } => Behind(only.Value),
        _ => operation,
    };

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    /// <summary>The expression without conversions around it.</summary>
    internal static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion) operation = conversion.Operand;
        return operation;
    }

    private long? Evaluate(IOperation? operation, int depth)
    {
        if (operation is null || depth > DeepestExpression) return null;
        if (operation.ConstantValue is { HasValue: true, Value: { } value }) return Integers.Of(value);

        return operation switch
        {
            IConversionOperation { OperatorMethod: null } conversion when IsInteger(conversion.Operand.Type) =>
                Evaluate(conversion.Operand, depth + 1),
            IFieldReferenceOperation field => Evaluate(field.Field, depth),
            ILocalReferenceOperation local => Evaluate(local.Local, depth),
            IArrayElementReferenceOperation element => ElementOf(element, depth),
            IBinaryOperation { OperatorMethod: null } binary when IsInteger(binary.Type) =>
                Combine(binary.OperatorKind, Evaluate(binary.LeftOperand, depth + 1), Evaluate(binary.RightOperand, depth + 1)),
            _ => null,
        };
    }

    // Noted before it is known, so that what depends on itself ends.
    private long? Evaluate(ISymbol symbol, int depth)
    {
        if (_symbols.TryGetValue(symbol, out var known)) return known;

        _symbols[symbol] = null;
        return _symbols[symbol] = InitializerOf(symbol) is { } initializer ? Evaluate(initializer, depth + 1) : _initializers.NumberElsewhere(symbol);
    }

    private long? ElementOf(IArrayElementReferenceOperation access, int depth)
    {
        if (VariableOf(access.ArrayReference) is not { } array || !_arrays.IsOnlyRead(array)) return null;

        var elements = ElementsOf(access.ArrayReference).ToList();
        return access.Indices is [var index] && PlaceOf(index, elements.Count, depth + 1) is { } place && place >= 0 && place < elements.Count
            ? Evaluate(elements[(int)place], depth + 1)
            : null;
    }

    private long? PlaceOf(IOperation index, int count, int depth) => index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd
        ? count - Evaluate(fromEnd.Operand, depth)
        : Evaluate(index, depth);

    private static long? Combine(BinaryOperatorKind kind, long? left, long? right)
    {
        try
        {
            return (kind, left, right) switch
            {
                (_, null, _) or (_, _, null) => null,
                (BinaryOperatorKind.Add, { } a, { } b) => checked(a + b),
                (BinaryOperatorKind.Subtract, { } a, { } b) => checked(a - b),
                (BinaryOperatorKind.Multiply, { } a, { } b) => checked(a * b),
                (BinaryOperatorKind.Divide, { } a, not 0 and { } b) => a / b,
                (BinaryOperatorKind.Remainder, { } a, not 0 and { } b) => a % b,
                (BinaryOperatorKind.LeftShift, { } a, (>= 0 and < 31) and { } b) => checked(a * (1L << (int)b)),
                (BinaryOperatorKind.RightShift, { } a, (>= 0 and < 31) and { } b) => a >> (int)b,
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsInteger(ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>What functions and methods on tensors do to what flows through them.</summary>
internal sealed class TensorFunctions(INamedTypeSymbol tensor, Constants constants)
{
    private static readonly HashSet<string> _elementWise = new(StringComparer.Ordinal)
    {
        "abs", "alias", "alpha_dropout", "celu", "clamp", "clone", "contiguous", "cpu", "cuda", "DetachFromDisposeScope",
        "detach", "dropout", "dropout1d", "dropout2d", "dropout3d", "elu", "exp", "gelu", "hardsigmoid", "hardswish", "hardtanh",
        "leaky_relu", "log_softmax", "logsigmoid", "mish", "MoveToOuterDisposeScope", "neg", "relu", "relu6", "relu_", "selu",
        "sigmoid", "sigmoid_", "silu", "silu_", "softmax", "softplus", "sqrt", "square", "tanh", "tanh_", "to",
    };

    private static readonly HashSet<string> _combining = new(StringComparer.Ordinal)
    {
        "add", "add_", "div", "div_", "maximum", "minimum", "mul", "mul_", "sub", "sub_",
    };

    private static readonly HashSet<string> _creating = new(StringComparer.Ordinal) { "empty", "ones", "rand", "randn", "zeros" };

    private static readonly HashSet<string> _questions =
        new(StringComparer.Ordinal) { "device", "dim", "dtype", "ndim", "shape", "size" };

    /// <summary>Whether a type is TorchSharp's tensor.</summary>
    internal bool IsTensor(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, tensor);

    /// <summary>Whether code around a tensor asks about it without passing its values on.</summary>
    internal bool OnlyAsksAbout(IOperation variable) => IsTensor(variable.Type) && variable.Parent switch
    {
        IPropertyReferenceOperation property => property.Instance == variable && _questions.Contains(property.Property.Name),
        IInvocationOperation call => call.Instance == variable && _questions.Contains(call.TargetMethod.Name),
        _ => false,
    };

    /// <summary>Whether an argument holds tensors, alone or several of them.</summary>
    internal bool Carries(IOperation value)
    {
        value = Constants.Bare(value);
        return value is ITupleOperation || value.Type is INamedTypeSymbol { IsTupleType: true } || IsTensor(value.Type);
    }

    /// <summary>Whether a call is one of a known function on tensors.</summary>
    internal bool Knows(IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, tensor.ContainingAssembly)
        && (_creating.Contains(call.TargetMethod.Name) && IsTensor(call.Type)
            || (OperandOf(call) is not null && (Resizing(call) is not null || IsReshape(call) || Keeps(call) || AxisFunctions.Knows(call.TargetMethod.Name))));

    /// <summary>What a known function makes of its operand.</summary>
    internal Flow Apply(IInvocationOperation call, Func<IOperation?, Flow> evaluate)
    {
        var name = call.TargetMethod.Name;
        if (_creating.Contains(name)) return Flow.Unknown with { CreatedWidth = LastAxisOf(call) };

        var operand = OperandOf(call)!;
        if (_combining.Contains(name)) return Combine(operand, OthersOf(call).FirstOrDefault(), evaluate);

        var flow = evaluate(operand);
        foreach (var other in OthersOf(call)) evaluate(other).Escape();
        if (Resizing(call) is { } resizing) return flow.Resize(resizing.Rule);
        if (AxisFunctions.Knows(name)) return AxisFunctions.Apply(new Arguments(call, constants), flow);
        return IsReshape(call) ? Reshape(call, flow) : flow;
    }

    /// <summary>A part of a tensor, by its indices.</summary>
    internal Flow Index(IPropertyReferenceOperation access, Flow flow)
    {
        var indices = access.Arguments.SelectMany(argument =>
            argument.ArgumentKind == ArgumentKind.ParamArray ? constants.ElementsOf(argument.Value) : [argument.Value]).ToList();
        return AxisFunctions.Index([.. indices.Select(IsWholeAxis)], [.. indices.Select(index => constants.Evaluate(Unwrapped(index)) is not null)], flow);
    }

    /// <summary>What an operator makes of two operands, of which one may be a number.</summary>
    internal Flow Combine(IOperation left, IOperation? right, Func<IOperation?, Flow> evaluate) =>
        (IsTensor(left.Type), IsTensor(right?.Type)) switch
        {
            (true, true) => ChainReader.Combine(evaluate(left), evaluate(right)),
            (true, false) => evaluate(left),
            _ => evaluate(right),
        };

    private static bool Keeps(IInvocationOperation call) =>
        _elementWise.Contains(call.TargetMethod.Name) || _combining.Contains(call.TargetMethod.Name);

    private static bool IsReshape(IInvocationOperation call) => call.TargetMethod.Name is "flatten" or "view" or "reshape";

    // What indexes a whole axis: a range without ends, (null, null), TensorIndex.Colon, or TensorIndex.Ellipsis for all axes not named.
    private static bool IsWholeAxis(IOperation index) => Unwrapped(index) switch
    {
        IRangeOperation { LeftOperand: null, RightOperand: null } => true,
        ITupleOperation tuple => tuple.Elements.All(end => Unwrapped(end).ConstantValue is { HasValue: true, Value: null }),
        IFieldReferenceOperation { Field.Name: "Colon" or "Ellipsis" } or IPropertyReferenceOperation { Property.Name: "Colon" or "Ellipsis" } => true,
        _ => false,
    };

    private static IOperation Unwrapped(IOperation index)
    {
        while (index is IConversionOperation conversion) index = conversion.Operand;
        return index;
    }

    private static bool IsSize(string parameter) =>
        parameter is "rows" or "columns" || parameter.StartsWith("dim", StringComparison.Ordinal) || parameter.StartsWith("size", StringComparison.Ordinal);

    // torch.zeros(2, batch, 63), torch.zeros(new long[] { 2, batch, 63 }) and the like.
    private IOperation? LastAxisOf(IInvocationOperation call)
    {
        var last = call.Arguments.Where(argument => argument.Parameter is { } parameter && IsSize(parameter.Name))
            .OrderBy(argument => argument.Parameter!.Ordinal).LastOrDefault();
        if (last is null) return null;

        return last.Parameter!.Type is IArrayTypeSymbol or INamedTypeSymbol { Arity: > 0 } ? constants.ElementsOf(last.Value).LastOrDefault() : last.Value;
    }

    private PassModule? Resizing(IInvocationOperation call) => call.TargetMethod.Name == "interpolate"
        ? new PassModule(Rule: null)
        : PoolingReader.Read(new Arguments(call, constants));

    private Flow Reshape(IInvocationOperation call, Flow flow)
    {
        var arguments = new Arguments(call, constants);
        if (call.TargetMethod.Name == "flatten" && arguments.Number("start_dim") == 1 && arguments.Number("end_dim") == -1)
            return ChainReader.Flatten(flow);

        var axes = call.Arguments.LastOrDefault() is { } last ? Arguments.ElementsOf(Constants.Bare(last.Value)).ToList() : [];
        if (axes is [var batch, var features] && constants.Evaluate(batch) is null or -1 or 1)
        {
            if (constants.Evaluate(features) is -1) return ChainReader.Flatten(flow);
            if (constants.Evaluate(features) is > 0 and { } width) return ChainReader.FlattenTo(flow, width, features);
        }

        flow.Escape();
        return Flow.Unknown;
    }

    private IOperation? OperandOf(IInvocationOperation call) => call.Instance is { } instance
        ? IsTensor(instance.Type) ? instance : null
        : call.Arguments.Select(argument => argument.Value).FirstOrDefault(value => IsTensor(value.Type));

    private IEnumerable<IOperation> OthersOf(IInvocationOperation call) =>
        call.Arguments.Select(argument => argument.Value).Where(value => IsTensor(value.Type) && value != OperandOf(call));
}

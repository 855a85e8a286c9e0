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

    /// <summary>Whether a call is one of a known function on tensors.</summary>
    internal bool Knows(IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, tensor.ContainingAssembly)
        && OperandOf(call) is not null && (Resizing(call) is not null || IsReshape(call) || Keeps(call));

    /// <summary>What a known function makes of its operand.</summary>
    internal Flow Apply(IInvocationOperation call, Func<IOperation?, Flow> evaluate)
    {
        var operand = OperandOf(call)!;
        if (_combining.Contains(call.TargetMethod.Name)) return Combine(operand, OthersOf(call).FirstOrDefault(), evaluate);

        var flow = evaluate(operand);
        foreach (var other in OthersOf(call)) evaluate(other).Escape();
        if (Resizing(call) is { } pooling) return flow.Resize(pooling.Rule);
        return IsReshape(call) ? Reshape(call, flow) : flow;
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

    private PassModule? Resizing(IInvocationOperation call) => PoolingReader.Read(new Arguments(call, constants));

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

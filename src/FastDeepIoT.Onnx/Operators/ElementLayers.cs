using FastDeepIoT.TimeModel;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>Layers that visit elements: activations, arithmetic, pooling, normalization, reduction.</summary>
internal static class ElementLayers
{
    /// <summary>One input, one result an element: Relu, Sigmoid, Erf and the like.</summary>
    internal static Layer? Unary(NodeView view) => Along(view, axis: null);

    /// <summary>
    /// Element-wise with broadcast. <c>inner</c> is the contiguous run of elements over which no operand jumps, <c>axis</c> how many such
    /// runs there are.
    /// </summary>
    internal static Layer? Broadcast(NodeView view)
    {
        if (view.Inputs() is not { } inputs || view.Output(0) is not { } output) return null;

        var run = inputs.Min(input => ContiguousRun(input, output));
        return Make(view, inputs, output, shape => shape with { Inner = run, Axis = output.Elements() / Math.Max(1, run) });
    }

    /// <summary>Pooling over windows: [batch, channels, spatial...].</summary>
    internal static Layer? Window(NodeView view) =>
        view.Inputs() is not { } inputs || view.Output(0) is not { } output
            ? null
            : Make(view, inputs, output, shape => shape with
            {
                Kernel = view.Node.IntegersOf("kernel_shape").Elements(),
                Stride = view.Node.IntegersOf("strides").Elements(),
            });

    /// <summary>Pooling over the whole image: [batch, channels, spatial...] to [batch, channels, 1...].</summary>
    internal static Layer? GlobalPool(NodeView view) =>
        view.Inputs() is not { } inputs || inputs[0].Count < 3 || view.Output(0) is not { } output
            ? null
            : Make(view, inputs, output, shape => shape with
            {
                Axis = inputs[0].Skip(2).Elements(),
                Outer = inputs[0].Take(2).Elements(),
            });

    /// <summary>Softmax and normalizations along an axis to the end, where the operator set or the operator says so.</summary>
    internal static Layer? Softmax(NodeView view) => Along(view, view.Input(0) is { } input ? view.Axis(-1, input.Count) : null);

    /// <summary>Normalization over the last axes from <c>axis</c> on: LayerNormalization and its fused forms.</summary>
    internal static Layer? LayerNorm(NodeView view)
    {
        if (view.Inputs() is not { } inputs || view.Output(0) is not { } output) return null;

        var axis = view.Axis(-1, inputs[0].Count);
        return Make(view, inputs, output, shape => shape with
        {
            Axis = inputs[0].Skip(axis).Elements(),
            Outer = inputs[0].Take(axis).Elements(),
        });
    }

    /// <summary>Normalization of each channel's image: [batch, channels, spatial...].</summary>
    internal static Layer? ChannelNorm(NodeView view) => Along(view, axis: 1);

    /// <summary>A reduction: how much is folded into each output (<c>axis</c>) and how it lies in memory (<c>inner</c>).</summary>
    internal static Layer? Reduction(NodeView view)
    {
        if (view.Input(0) is not { } input || view.Output(0) is not { } output) return null;

        var kept = KeptTail(view, input);
        var folded = input.Elements() / Math.Max(1, output.Elements());
        return Make(view, [input], output, shape => shape with
        {
            Axis = folded,
            Inner = kept,
            Outer = output.Elements() / Math.Max(1, kept),
        });
    }

    /// <summary>A layer that works along one axis; null stands for none.</summary>
    internal static Layer? Along(NodeView view, int? axis)
    {
        if (view.Inputs() is not { Count: > 0 } inputs || view.Output(0) is not { } output) return null;
        if (axis is not { } along || along >= inputs[0].Count) return Make(view, inputs, output, shape => shape);

        return Make(view, inputs, output, shape => shape with
        {
            Axis = inputs[0][along],
            Inner = inputs[0].Skip(along + 1).Elements(),
            Outer = inputs[0].Take(along).Elements(),
        });
    }

    /// <summary>The common part of every description; <paramref name="refine"/> adds what is special.</summary>
    internal static Layer Make(
        NodeView view, IReadOnlyList<IReadOnlyList<long>> inputs, IReadOnlyList<long> output, Func<ElementsShape, ElementsShape> refine,
        string? kind = null)
    {
        var largest = inputs.Select(shape => shape.Elements()).DefaultIfEmpty(0).Max();
        var outputs = view.Node.Output.Select(view.Graph.Shape).Where(shape => shape is not null).Sum(shape => shape!.Elements());
        var images = inputs.Where(shape => shape.Count > 1).ToList();
        var type = view.TypeOf(0);
        return Layers.Elements((kind ?? view.Node.OpType) + TypeSuffix(type), refine(new ElementsShape
        {
            InputElements = largest,
            OtherElements = inputs.Sum(shape => shape.Elements()) - largest,
            OutputElements = outputs,
            Inputs = inputs.Count,
            Channels = output.Channels(),
            ChannelsDivisor = images.Select(shape => shape.Channels()).Aggregate(0L, ShapeMath.Divisor),
            ElementBytes = ElementSize.Of(type),
            Width = output.Width(),
        }));
    }

    // Arithmetic on another type is another kernel; it has a time only where a device model learned one.
    private static string TypeSuffix(DataType type) => type is DataType.Float or DataType.Undefined ? "" : $"[{type}]";

    private static double ContiguousRun(IReadOnlyList<long> input, IReadOnlyList<long> output)
    {
        var run = 1.0;
        bool? repeats = null;
        for (var back = 1; back <= output.Count; back++)
        {
            var size = back <= input.Count ? input[^back] : 1;
            if (output[^back] == 1) continue;

            var repeated = size == 1;
            if (repeats is { } before && before != repeated) return run;
            repeats = repeated;
            run *= output[^back];
        }

        return run;
    }

    // Elements behind the last folded axis: axes come as an attribute or, in newer operator sets, as a constant input.
    private static double KeptTail(NodeView view, IReadOnlyList<long> input)
    {
        var axes = view.Node.IntegersOf("axes");
        if (axes.Count == 0 && view.IsConstant(1)) axes = TensorValues.Integers(view.Graph.Constant(view.Node.Input[1])!);
        if (axes.Count == 0 && view.Node.Has("axis")) axes = [view.Node.IntegerOf("axis", 0)];
        if (axes.Count == 0) return 1;

        var last = axes.Max(axis => axis < 0 ? axis + input.Count : axis);
        return input.Skip((int)last + 1).Elements();
    }
}

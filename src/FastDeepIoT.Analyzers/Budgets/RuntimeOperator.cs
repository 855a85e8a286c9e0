using System;
using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>What a module without widths of its own is when it runs: an ONNX operator on one tensor.</summary>
/// <param name="Name">The operator.</param>
/// <param name="Refine">Adds to the description of its work what is special, given the shapes before and after, outermost axis first.</param>
internal sealed record RuntimeOperator(string Name, Func<ElementsShape, IReadOnlyList<long>, IReadOnlyList<long>, ElementsShape> Refine)
{
    /// <summary>Nothing at all: dropout and the like do not run when a network is used.</summary>
    internal static RuntimeOperator None { get; } = new("", (shape, _, _) => shape);

    /// <summary>What a layer applies to its own result, if this stands right behind it; null when it cannot.</summary>
    internal Activation? AsActivation => Name switch
    {
        "Relu" or "Clip" or "LeakyRelu" or "HardSigmoid" or "Sigmoid" or "Tanh" => Activations.Of(Name),
        _ => null,
    };

    /// <summary>One result an element.</summary>
    internal static RuntimeOperator ElementWise(string name) => new(name, (shape, _, _) => shape);

    /// <summary>A window that moves over the spatial axes.</summary>
    internal static RuntimeOperator Window(string name, long kernel, long stride) =>
        new(name, (shape, _, _) => shape with { Kernel = kernel, Stride = stride });

    /// <summary>Windows side by side that cover the image.</summary>
    internal static RuntimeOperator Tiling(string name) => new(name, (shape, input, output) =>
    {
        var window = Elements(input.Skip(2).Zip(output.Skip(2), (before, after) => before / after));
        return shape with { Kernel = window, Stride = window };
    });

    /// <summary>Copies rows of the last axis.</summary>
    internal static RuntimeOperator Rows(string name) => new(name, (shape, _, output) =>
        shape with { Inner = output[output.Count - 1], Axis = Elements(output.Take(output.Count - 1)) });

    /// <summary>One result for each channel.</summary>
    internal static RuntimeOperator GlobalPool(string name) =>
        new(name, (shape, input, _) => shape with { Axis = Elements(input.Skip(2)), Outer = Elements(input.Take(2)) });

    /// <summary>Works along one axis, counted from the end when negative.</summary>
    internal static RuntimeOperator Along(string name, long axis, int weights = 0) => new(name, (shape, input, _) =>
    {
        var at = (int)Math.Max(0, Math.Min(input.Count - 1, axis < 0 ? axis + input.Count : axis));
        return shape with
        {
            Inputs = 1 + weights,
            OtherElements = weights * input[at],
            Axis = input[at],
            Inner = Elements(input.Skip(at + 1)),
            Outer = Elements(input.Take(at)),
        };
    });

    /// <summary>The work it is on tensors of those shapes.</summary>
    internal Layer Of(IReadOnlyList<long> input, IReadOnlyList<long> output) => Layers.Elements(Name, Refine(
        new ElementsShape
        {
            InputElements = Elements(input),
            OutputElements = Elements(output),
            Channels = ChannelsOf(output),
            ChannelsDivisor = ChannelsOf(input),
            Width = output[output.Count - 1],
        }, input, output));

    private static double ChannelsOf(IReadOnlyList<long> shape) => shape[Math.Min(1, shape.Count - 1)];

    private static double Elements(IEnumerable<long> shape) => shape.Aggregate(1.0, (product, axis) => product * axis);
}

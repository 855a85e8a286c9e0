using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Layers that move data: concat, split, slice, transpose, pad, gather, resize and the like.</summary>
internal static class MovementLayers
{
    /// <summary>Works along the operator's axis: Concat, Split, Gather.</summary>
    internal static Layer? AlongAxis(NodeView view)
    {
        if (view.Inputs() is not { Count: > 0 } inputs || view.Output(0) is not { } output || output.Count == 0) return null;

        var axis = view.Axis(0, Math.Max(inputs[0].Count, 1));
        return ElementLayers.Make(view, inputs, output, shape => shape with
        {
            Axis = inputs.Count,
            Inner = inputs[0].Skip(axis).Elements(),
            Outer = inputs[0].Take(axis).Elements(),
        });
    }

    /// <summary>The same elements under another shape, whatever the operator is called.</summary>
    internal static Layer? Reshape(NodeView view) => Rows(view, "Reshape");

    /// <summary>
    /// Enlarges or shrinks images, by copying elements or by calculating between them; Upsample is what Resize was called before operator set 10.
    /// <c>kernel</c> is how often each element is written where all are repeated equally often, else 1.
    /// </summary>
    internal static Layer? Resize(NodeView view) => view.Node.TextOf("mode", "nearest") switch
    {
        "linear" or "bilinear" => Rows(view, "LinearResize"),
        "cubic" => Rows(view, "CubicResize"),
        _ => Rows(view, "NearestResize", shape => shape with { Kernel = Repeats(view) }),
    };

    /// <summary>Copies what a slice or pad keeps: runs of the last axis.</summary>
    internal static Layer? Rows(NodeView view) => Rows(view, null);

    /// <summary>As <see cref="Rows(NodeView)"/>, by the name of another operator.</summary>
    internal static Layer? Rows(NodeView view, string? kind, Func<ElementsShape, ElementsShape>? refine = null)
    {
        if (view.Input(0) is not { } input || view.Output(0) is not { } output) return null;

        var run = CommonTail(input, output);
        return ElementLayers.Make(view, [input], output, shape => (refine ?? (same => same))(shape with
        {
            Inner = run,
            Axis = output.Elements() / Math.Max(1, run),
        }), kind);
    }

    /// <summary>A transpose: <c>inner</c> elements stay together, <c>axis</c> is the length of the axis that becomes the last one.</summary>
    internal static Layer? Transpose(NodeView view)
    {
        if (view.Input(0) is not { } input || view.Output(0) is not { } output) return null;

        var order = view.Node.IntegersOf("perm");
        if (order.Count == 0) order = Enumerable.Range(0, input.Count).Reverse().Select(axis => (long)axis).ToList();
        var kept = 0;
        while (kept < order.Count && order[^(kept + 1)] == order.Count - 1 - kept) kept++;
        return ElementLayers.Make(view, [input], output, shape => shape with
        {
            Inner = input.Skip(input.Count - kept).Elements(),
            Axis = kept < output.Count ? output[^(kept + 1)] : 1,
            Outer = output.Take(Math.Max(0, output.Count - kept - 1)).Elements(),
        });
    }

    // Positions of the output are divided by the scale and rounded down, so that each element comes as often as the next when all scales are whole.
    private static double Repeats(NodeView view)
    {
        var divides = view.Node.OpType == "Upsample" || (view.Node.TextOf("coordinate_transformation_mode", "half_pixel") == "asymmetric"
            && view.Node.TextOf("nearest_mode", "round_prefer_floor") == "floor");
        return divides && view.Input(0) is { } input && view.Output(0) is { } output && input.Count == output.Count
            && input.Zip(output).All(pair => pair.First > 0 && pair.Second % pair.First == 0)
            ? output.Elements() / input.Elements()
            : 1;
    }

    private static double CommonTail(IReadOnlyList<long> input, IReadOnlyList<long> output)
    {
        var run = 1.0;
        for (var back = 1; back <= Math.Min(input.Count, output.Count); back++)
        {
            run *= output[^back];
            if (input[^back] != output[^back]) break;
        }

        return run;
    }
}

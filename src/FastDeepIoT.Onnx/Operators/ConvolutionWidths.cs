namespace FastDeepIoT.Onnx;

/// <summary>
/// Widths through convolutions. Weights are [groups * outputs, inputs, kernel...] or, transposed, [groups * inputs, outputs,
/// kernel...], with inputs and outputs those of one group: a depthwise convolution is the case of one input a group.
/// </summary>
internal static class ConvolutionWidths
{
    /// <summary>Conv and its form with a fused activation and residual.</summary>
    internal static WidthRule Plain { get; } = new(node => Couple(node, transposed: false), Added);

    /// <summary>ConvTranspose.</summary>
    internal static WidthRule Transposed { get; } = new(node => Couple(node, transposed: true), Added);

    private static string? Couple(Coupling node, bool transposed)
    {
        var (input, weights) = (node.In(0), node.In(1));
        if (input.Count < 3 || weights.Count != input.Count) return "has weights of another rank";

        node.FixPositions(input);
        node.FixKernel(weights);
        var count = node.Node.IntegerOf("group", 1);
        if (count < 1 || weights[0].Size % count != 0) return "has groups that do not divide its channels";

        var groups = count == 1 ? FixedExtent.One : node.AttributeSize("group", count);
        var perGroup = count == 1 ? weights[0] : node.Fresh(weights[0].Size / count);
        if (count > 1) node.Unify(weights[0], node.Product(groups, perGroup));
        var (inputs, outputs) = transposed ? (perGroup, weights[1]) : (weights[1], perGroup);
        node.Unify(input[1], node.Product(groups, inputs));
        node.Contract(0, 1, inputs, transposed ? null : 1);

        var channels = node.Product(groups, outputs);
        if (node.Has(2)) node.Unify(channels, node.In(2)[0]);
        var axes = input.Skip(2).Select((_, position) => (Extent)node.Inferred(0, position + 2)).Prepend(node.Resolve(channels)).Prepend(node.In(0)[0]);
        node.Out(0, node.Has(3) ? ElementWidths.BroadcastAxes(node, [axes.ToList(), node.In(3)]) : axes);
        return null;
    }

    private static AddedRange? Added(AddedView view) =>
        view.Has(3) || view.Node.Has("activation") ? AddedRange.Finite : AddedFunctions.Linear(view, 0, 1, 2);
}

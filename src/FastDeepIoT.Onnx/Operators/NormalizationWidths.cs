namespace FastDeepIoT.Onnx;

/// <summary>Widths through normalizations and softmax: an axis that is normalized over cannot change.</summary>
internal static class NormalizationWidths
{
    /// <summary>Batch normalization as used after training: each channel on its own.</summary>
    internal static WidthRule Batch { get; } = new(CoupleBatch, AddedBatch);

    /// <summary>Instance normalization: each channel on its own.</summary>
    internal static WidthRule Instance { get; } = new(CoupleInstance, AddedInstance);

    /// <summary>Group normalization: as many channels each are normalized together, so that only whole groups can be added.</summary>
    internal static WidthRule Group { get; } = new(CoupleGroup, AddedInstance);

    /// <summary>Layer normalization: the axes from <c>axis</c> on are normalized together.</summary>
    internal static WidthRule Layer { get; } = new(CoupleLayer, AddedFunctions.Finite);

    /// <summary>Softmax and its relatives.</summary>
    internal static WidthRule Softmax { get; } = new(CoupleSoftmax, AddedFunctions.Finite);

    /// <summary>Normalizations that look at other channels, or over axes of their own choice.</summary>
    internal static WidthRule AcrossChannels { get; } = new(
        node =>
        {
            var axes = node.In(0);
            node.Fix(axes, "normalizes across channels or items");
            node.Out(0, axes);
            return null;
        },
        AddedFunctions.Finite);

    private static string? CoupleBatch(Coupling node)
    {
        if (node.Node.IntegerOf("training_mode", 0) != 0 || node.HasOutput(1)) return "is set to train";
        if (node.Node.IntegerOf("spatial", 1) == 0) return "keeps statistics for every position";

        return CouplePerChannel(node, parameters: 4);
    }

    private static string? CoupleInstance(Coupling node)
    {
        node.FixPositions(node.In(0));
        return CouplePerChannel(node, parameters: 2);
    }

    private static string? CoupleGroup(Coupling node)
    {
        var axes = node.In(0);
        var count = node.Node.IntegerOf("num_groups", 0);
        if (axes.Count < 2 || count < 1 || axes[1].Size < 0 || axes[1].Size % count != 0) return "has groups that do not divide its channels";

        node.FixPositions(axes);
        if (count == 1) node.Fix(axes[1], "normalizes over it");
        var groups = node.AttributeSize("num_groups", count);
        node.Unify(axes[1], node.Product(groups, new FixedExtent(axes[1].Size / count)));
        for (var parameter = 1; parameter <= 2; parameter++)
            node.Unify(node.In(parameter)[0], node.In(parameter)[0].Size == count ? groups : axes[1]);
        node.Out(0, node.In(0));
        return null;
    }

    private static string? CouplePerChannel(Coupling node, int parameters)
    {
        var axes = node.In(0);
        if (axes.Count < 2) return "has no channel axis";

        for (var parameter = 1; parameter <= parameters; parameter++) node.Unify(axes[1], node.In(parameter)[0]);
        node.Out(0, node.In(0));
        return null;
    }

    // y = (x - mean) / sqrt(variance + epsilon) * scale + bias
    private static AddedRange? AddedBatch(AddedView view)
    {
        var variance = view.Range(4) + Epsilon(view);
        if (!(variance.Low > 0)) return null;

        var centred = view.Range(0) - view.Range(3);
        return (centred.DividedBy(new AddedRange(Math.Sqrt(variance.Low), Math.Sqrt(variance.High))) ?? AddedRange.Finite) * view.Range(1) + view.Range(2);
    }

    private static AddedRange? AddedInstance(AddedView view) =>
        Epsilon(view).Low > 0 ? AddedRange.Finite * view.Range(1) + view.Range(2) : null;

    private static AddedRange Epsilon(AddedView view)
    {
        var epsilon = view.Node.NumberOf("epsilon", 1e-5f);
        return new AddedRange(epsilon, epsilon);
    }

    private static string? CoupleLayer(Coupling node)
    {
        if (node.HasOutput(1)) return "gives its statistics to other nodes";

        var axes = node.In(0);
        var axis = AxisOf(node, axes.Count, -1);
        node.Fix(axes.Skip(axis), "normalizes over it");
        node.Out(0, axes);
        return Enumerable.Range(1, node.InputCount - 1).Where(node.Has).Any(input => node.In(input).Count > axes.Count - axis)
            ? "scales other axes too"
            : null;
    }

    // Up to operator set 12, all axes from the given one on are one.
    private static string? CoupleSoftmax(Coupling node)
    {
        var axes = node.In(0);
        var axis = AxisOf(node, axes.Count, node.Opset < 13 ? 1 : -1);
        node.Fix(node.Opset < 13 ? axes.Skip(axis) : axes.Skip(axis).Take(1), "normalizes over it");
        node.Out(0, axes);
        return null;
    }

    internal static int AxisOf(Coupling node, int rank, long otherwise)
    {
        var axis = node.Node.IntegerOf("axis", otherwise);
        return (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }
}

namespace FastDeepIoT.Onnx;

/// <summary>Widths through operators that visit elements: activations, arithmetic with broadcast, pooling.</summary>
internal static class ElementWidths
{
    /// <summary>One result an element; further inputs are scalars.</summary>
    internal static WidthRule Unary { get; } = new(Same, AddedFunctions.Unary);

    /// <summary>Clip.</summary>
    internal static WidthRule Clip { get; } = new(Same, AddedFunctions.Clip);

    /// <summary>Arithmetic with broadcast.</summary>
    internal static WidthRule Broadcast { get; } = new(CoupleBroadcast, AddedFunctions.Several);

    /// <summary>Dropout does nothing when a model is used; its mask has the shape of its input.</summary>
    internal static WidthRule Dropout { get; } = WidthRule.Moving(node =>
    {
        if (node.HasOutput(1)) return "gives its mask to other nodes";
        if (node.Has(2) && (node.Constant(2) is not { } training || TensorValues.Numbers(training).Any(flag => flag != 0))) return "is set to train";

        node.Out(0, node.In(0));
        return null;
    });

    /// <summary>Pooling over windows: [batch, channels, positions...].</summary>
    internal static WidthRule Window { get; } = new(CoupleWindow, AddedFunctions.Pooled);

    /// <summary>Pooling over the whole image.</summary>
    internal static WidthRule GlobalPool { get; } = new(CoupleGlobalPool, AddedFunctions.Pooled);

    /// <summary>Sums along an axis, which keeps its size.</summary>
    internal static WidthRule RunningSum { get; } = new(
        node =>
        {
            node.Fix(node.In(0), "accumulates along an axis");
            return Same(node);
        },
        AddedFunctions.Finite);

    /// <summary>The axes all inputs broadcast to; those of one size are made equal.</summary>
    internal static IReadOnlyList<Extent> BroadcastAxes(Coupling node, IReadOnlyList<IReadOnlyList<Extent>> inputs)
    {
        var axes = new Extent[inputs.Max(input => input.Count)];
        for (var back = 1; back <= axes.Length; back++)
        {
            var sizes = inputs.Where(input => input.Count >= back).Select(input => input[^back]).Where(axis => axis.Size != 1).ToList();
            var known = sizes.FirstOrDefault(axis => axis.Size != Extent.Unknown) ?? sizes.FirstOrDefault() ?? FixedExtent.One;
            foreach (var other in sizes) node.Unify(known, other);
            axes[^back] = node.Resolve(known);
        }

        return axes;
    }

    private static string? Same(Coupling node)
    {
        node.Out(0, node.In(0));
        if (node.Node.OpType is "Identity" || (node.Node.OpType is "Cast" && IsInteger(node.Node.IntegerOf("to", 0))))
            if (node.HoldsComputedSizes(0)) node.OutSizes(0, node.Sizes(0)!);
        return null;
    }

    private static bool IsInteger(long type) =>
        type is (long)Format.TensorProto.Types.DataType.Int32 or (long)Format.TensorProto.Types.DataType.Int64;

    private static string? CoupleBroadcast(Coupling node)
    {
        if (SizeWidths.Arithmetic(node)) return null;

        if (node.Node.OpType is "Div" or "Mod" && node.Constant(1) is not null) node.FillWithOne(1);
        if (node.Node.IntegerOf("broadcast", 0) != 0) return "broadcasts as old operator sets do";

        node.Out(0, BroadcastAxes(node, Enumerable.Range(0, node.InputCount).Where(node.Has).Select(node.In).ToList()));
        return null;
    }

    private static string? CoupleWindow(Coupling node)
    {
        if (node.HasOutput(1)) return "gives positions over all channels";

        var axes = node.In(0);
        node.FixPositions(axes);
        node.Out(0, [.. axes.Take(2), .. axes.Skip(2).Select((_, position) => node.Inferred(0, position + 2))]);
        return null;
    }

    private static string? CoupleGlobalPool(Coupling node)
    {
        var axes = node.In(0);
        node.FixPositions(axes);
        node.Out(0, [.. axes.Take(2), .. axes.Skip(2).Select(_ => FixedExtent.One)]);
        return null;
    }
}

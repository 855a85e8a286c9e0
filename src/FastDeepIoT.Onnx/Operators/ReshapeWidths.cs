namespace FastDeepIoT.Onnx;

/// <summary>
/// Widths through operators that only regroup axes. A reshape keeps the order of elements, so wherever the sizes before and after
/// agree from one end, axes correspond; in between, axes are nested into one or split.
/// </summary>
internal static class ReshapeWidths
{
    /// <summary>Reshape.</summary>
    internal static WidthRule Reshape { get; } = WidthRule.Moving(CoupleReshape);

    /// <summary>Flatten: the axes before and from <c>axis</c> on become one each.</summary>
    internal static WidthRule Flatten { get; } = WidthRule.Moving(node =>
    {
        var axes = node.In(0);
        var axis = NormalizationWidths.AxisOf(node, axes.Count, 1);
        node.Out(0, node.Product(axes.Take(axis)), node.Product(axes.Skip(axis)));
        return null;
    });

    /// <summary>Squeeze: drops axes of one element.</summary>
    internal static WidthRule Squeeze { get; } = WidthRule.Moving(CoupleSqueeze);

    /// <summary>Unsqueeze: adds axes of one element.</summary>
    internal static WidthRule Unsqueeze { get; } = WidthRule.Moving(CoupleUnsqueeze);

    private static string? CoupleReshape(Coupling node)
    {
        if (node.Node.IntegerOf("allowzero", 0) != 0) return "takes zeros literally";
        if (Target(node) is not { } target) return "reshapes to a shape that is not known";

        var source = node.In(0);
        var sizes = target.Select((size, axis) => SizeOf(node, source, size, axis)).ToList();
        var axes = new ReshapeAlignment(node, source, target, sizes).Axes();
        for (var axis = 0; axis < axes.Count; axis++)
            if (target[axis] is { Literal: 0 }) node.Unify(axes[axis], source[axis]);
            else if (target[axis] is { Literal: null, Extent: { } computed }) node.SameSize(axes[axis], computed);
            else if (target[axis].Extent is { } literal) node.Unify(axes[axis], literal);
            else if (target[axis].Literal is null) node.Fix(axes[axis], "reshapes to a computed size");
        node.Out(0, axes);
        if (node.HoldsComputedSizes(0) && axes.Count <= 1) node.OutSizes(0, node.Sizes(0)!);
        return null;
    }

    private static IReadOnlyList<SizeValue>? Target(Coupling node)
    {
        if (node.Has(1)) return node.Sizes(1);
        if (!node.Node.Has("shape")) return null;

        return node.Node.IntegersOf("shape")
            .Select((size, element) => new SizeValue(size, size > 0 ? node.AttributeSize("shape", size, element) : null)).ToList();
    }

    private static long SizeOf(Coupling node, IReadOnlyList<Extent> source, SizeValue size, int axis) => size.Literal switch
    {
        0 when axis < source.Count => source[axis].Size,
        > 0 and { } literal => literal,
        _ => size.Extent is { Size: >= 0 } extent ? extent.Size : node.Inferred(0, axis).Size,
    };

    private static string? CoupleSqueeze(Coupling node)
    {
        var axes = node.In(0);
        var dropped = node.Has(1) ? node.Integers(1) : node.Node.IntegersOf("axes");
        if (dropped is null) return "drops axes that are computed";
        if (dropped.Count == 0 && axes.Any(axis => axis.Size == Extent.Unknown)) return "drops axes that are not known";

        var positions = dropped.Select(axis => (int)(axis < 0 ? axis + axes.Count : axis)).ToHashSet();
        node.Out(0, axes.Where((axis, index) => positions.Count == 0 ? axis.Size != 1 : !positions.Contains(index)));
        if (node.HoldsComputedSizes(0)) node.OutSizes(0, node.Sizes(0)!);
        return null;
    }

    private static string? CoupleUnsqueeze(Coupling node)
    {
        var added = node.Has(1) ? node.Integers(1) : node.Node.IntegersOf("axes");
        if (added is null) return "adds axes that are computed";

        var axes = node.In(0).ToList();
        var rank = axes.Count + added.Count;
        foreach (var position in added.Select(axis => (int)(axis < 0 ? axis + rank : axis)).Order())
        {
            if (position < 0 || position > axes.Count) return "adds axes out of range";
            axes.Insert(position, FixedExtent.One);
        }

        node.Out(0, axes);
        if (axes.Count <= 1 && node.HoldsSizes(0)) node.OutSizes(0, node.Sizes(0)!);
        return null;
    }
}

namespace FastDeepIoT.Onnx;

/// <summary>Widths through operators that keep a part of an axis or add to it: Slice, Pad, Resize.</summary>
internal static class WindowWidths
{
    /// <summary>Slice with constant bounds.</summary>
    internal static WidthRule Slice { get; } = WidthRule.Moving(CoupleSlice);

    /// <summary>Pad: what is added to an open axis with a constant value is a width of its own.</summary>
    internal static WidthRule Pad { get; } = new(CouplePad, AddedPad);

    /// <summary>Resize and Upsample: axes of scale one go through.</summary>
    internal static WidthRule Resize { get; } = WidthRule.Moving(CoupleResize);

    private static string? CoupleSlice(Coupling node)
    {
        var axes = node.In(0).ToList();
        var bounds = SliceBounds.Of(node, axes.Count);
        if (bounds is null)
        {
            node.Fix(axes, "keeps a computed part of it");
            node.Out(0, axes.Select((_, axis) => node.Inferred(0, axis)));
            return null;
        }

        if (axes.Count == 1 && node.HoldsComputedSizes(0) && bounds is [{ Step: 1 } only] && only.Within(axes[0].Size) is var (start, end))
            node.OutSizes(0, node.Sizes(0)!.Take((int)end).Skip((int)start).ToList());
        foreach (var bound in bounds) axes[bound.Axis] = Keep(node, axes[bound.Axis], bound);
        node.Out(0, axes);
        return null;
    }

    private static Extent Keep(Coupling node, Extent axis, SliceBounds bound)
    {
        if (bound.Within(axis.Size) is not var (start, end) || bound.Step != 1)
        {
            node.Fix(axis, "keeps a part of it");
            foreach (var extent in new[] { bound.Start.Extent, bound.End.Extent }.OfType<Extent>()) node.Fix(extent, "keeps a part up to there");
            return bound.Within(axis.Size) is var (first, last) ? new FixedExtent((last - first + bound.Step - 1) / bound.Step) : node.Inferred(0, bound.Axis);
        }

        var (head, rest) = node.Cut(axis, start);
        var (kept, tail) = node.Cut(rest, end - start);
        node.Drop(head, tail);
        bound.Follow(node, head, kept, tail);
        return node.Resolve(kept);
    }

    private static string? CouplePad(Coupling node)
    {
        var axes = node.In(0);
        if (node.Has(3)) return "pads only some axes";

        var pads = node.Has(1) ? node.Integers(1) : node.Node.IntegersOf("pads");
        if (pads is null || pads.Count != 2 * axes.Count)
        {
            node.Fix(axes, "pads it by a computed amount");
            node.Out(0, axes.Select((_, axis) => node.Inferred(0, axis)));
            return null;
        }

        node.Out(0, axes.Select((extent, axis) => Padded(node, extent, axis, pads[axis], axis + axes.Count, pads[axis + axes.Count])));
        return null;
    }

    private static Extent Padded(Coupling node, Extent extent, int before, long amountBefore, int after, long amountAfter)
    {
        if (amountBefore == 0 && amountAfter == 0) return extent;
        if (amountBefore < 0 || amountAfter < 0 || !node.IsOpen(extent) || node.Node.TextOf("mode", "constant") != "constant")
        {
            node.Fix(extent, "pads it");
            return extent.Size < 0 ? node.Inferred(0, before) : new FixedExtent(extent.Size + amountBefore + amountAfter);
        }

        return node.Sum(Amount(node, before, amountBefore), extent, Amount(node, after, amountAfter));
    }

    private static Extent Amount(Coupling node, int element, long amount)
    {
        if (amount == 0) return new FixedExtent(0);

        var extent = node.Fresh(amount);
        if (node.Has(1)) node.BindInput(1, element, extent);
        else node.BindAttribute("pads", element, extent);
        return extent;
    }

    private static AddedRange? AddedPad(AddedView view)
    {
        var value = view.Has(2) ? view.Range(2) : Constant(view.Node.NumberOf("value", 0));
        return view.Carries(0) ? view.Range(0).Or(value) : value;
    }

    private static AddedRange Constant(double value) => new(value, value);

    private static string? CoupleResize(Coupling node)
    {
        if (node.Node.Has("axes") || node.Node.TextOf("coordinate_transformation_mode", "") == "tf_crop_and_resize") return "resizes chosen axes";

        var axes = node.In(0);
        var scales = Scales(node);
        var sizes = node.Has(3) ? node.Sizes(3) : null;
        node.Out(0, axes.Select((axis, index) => Resized(node, axis, index, scales, sizes)));
        return null;
    }

    private static Extent Resized(Coupling node, Extent axis, int index, IReadOnlyList<double> scales, IReadOnlyList<SizeValue>? sizes)
    {
        if (index < scales.Count && scales[index] == 1) return axis;
        if (sizes is not null && index < sizes.Count && sizes[index].Extent is { } size && axis.Size >= 0 && size.Size == axis.Size)
            return sizes[index].Literal is null ? node.SameSize(axis, size) : node.Unify(axis, size);

        node.Fix(axis, "resizes it");
        return node.Inferred(0, index);
    }

    private static IReadOnlyList<double> Scales(Coupling node)
    {
        if (node.Node.OpType == "Upsample" && !node.Has(1))
            return node.Node.Attribute.FirstOrDefault(attribute => attribute.Name == "scales")?.Floats.Select(scale => (double)scale).ToList() ?? [];

        var constant = node.Constant(node.Has(2) ? 2 : 1);
        return constant is null ? [] : TensorValues.Numbers(constant);
    }
}

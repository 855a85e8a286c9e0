namespace FastDeepIoT.Onnx;

/// <summary>What a Slice keeps of one axis, and where the file says so.</summary>
internal sealed record SliceBounds(int Axis, long Start, long End, long Step, int Element, bool AsInputs)
{
    /// <summary>The constant bounds of a Slice, or null when they are computed.</summary>
    internal static IReadOnlyList<SliceBounds>? Of(Coupling node, int rank)
    {
        var asInputs = !node.Node.Has("starts");
        var starts = asInputs ? node.Integers(1) : node.Node.IntegersOf("starts");
        var ends = asInputs ? node.Integers(2) : node.Node.IntegersOf("ends");
        if (starts is null || ends is null || starts.Count != ends.Count) return null;

        var axes = asInputs ? node.Has(3) ? node.Integers(3) : [] : node.Node.IntegersOf("axes");
        var steps = asInputs && node.Has(4) ? node.Integers(4) : [];
        if (axes is null || steps is null) return null;

        var bounds = starts.Select((start, i) => new SliceBounds(
            (int)(i < axes.Count ? axes[i] < 0 ? axes[i] + rank : axes[i] : i), start, ends[i], i < steps.Count ? steps[i] : 1, i, asInputs)).ToList();
        return bounds.All(bound => bound.Axis >= 0 && bound.Axis < rank) && bounds.Select(bound => bound.Axis).Distinct().Count() == bounds.Count
            ? bounds
            : null;
    }

    /// <summary>First element kept, and first no longer kept, of an axis of that size; for steps of one.</summary>
    internal (long Start, long End) Within(long size) =>
        (Math.Clamp(Start < 0 ? Start + size : Start, 0, size), Math.Clamp(End < 0 ? End + size : End, 0, size));

    /// <summary>The sizes kept of a list of sizes; for steps of one.</summary>
    internal IReadOnlyList<SizeValue> Pick(IReadOnlyList<SizeValue> sizes)
    {
        var (start, end) = Within(sizes.Count);
        return sizes.Skip((int)start).Take((int)Math.Max(0, end - start)).ToList();
    }

    /// <summary>Says what the start is the size of.</summary>
    internal void BindStart(Coupling node, Extent extent, bool negative = false) => Bind(node, 1, "starts", extent, negative);

    /// <summary>Says what the end is the size of.</summary>
    internal void BindEnd(Coupling node, Extent extent, bool negative = false) => Bind(node, 2, "ends", extent, negative);

    private void Bind(Coupling node, int input, string attribute, Extent extent, bool negative)
    {
        if (AsInputs) node.BindInput(input, Element, extent, negative);
        else node.BindAttribute(attribute, Element, extent, negative);
    }
}

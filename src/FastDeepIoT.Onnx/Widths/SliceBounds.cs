namespace FastDeepIoT.Onnx;

/// <summary>What a Slice keeps of one axis, and where the file says so.</summary>
internal sealed record SliceBounds(int Axis, SizeValue Start, SizeValue End, long Step)
{
    private const int StartInput = 1, EndInput = 2;

    private int Element { get; init; }

    private bool AsInputs { get; init; }

    /// <summary>The bounds of a Slice, axis by axis; null when nothing is known of them.</summary>
    internal static IReadOnlyList<SliceBounds>? Of(Coupling node, int rank)
    {
        var asInputs = !node.Node.Has("starts");
        var starts = asInputs ? Numbers(node, StartInput) : Literals(node.Node.IntegersOf("starts"));
        var ends = asInputs ? Numbers(node, EndInput) : Literals(node.Node.IntegersOf("ends"));
        if (starts is null || ends is null || starts.Count != ends.Count) return null;

        var axes = asInputs ? node.Has(3) ? node.Integers(3) : [] : node.Node.IntegersOf("axes");
        var steps = asInputs && node.Has(4) ? node.Integers(4) : [];
        if (axes is null || steps is null) return null;

        var bounds = starts.Select((start, i) => new SliceBounds(
            (int)(i < axes.Count ? axes[i] < 0 ? axes[i] + rank : axes[i] : i), start, ends[i], i < steps.Count ? steps[i] : 1)
        { Element = i, AsInputs = asInputs }).ToList();
        return bounds.All(bound => bound.Axis >= 0 && bound.Axis < rank) && bounds.Select(bound => bound.Axis).Distinct().Count() == bounds.Count
            ? bounds
            : null;
    }

    /// <summary>First element kept, and first no longer kept, of an axis of that size, for a positive step; null when not known.</summary>
    internal (long Start, long End)? Within(long size)
    {
        if (size < 0 || Step <= 0 || Start.Number is not { } start || End.Number is not { } end) return null;

        var first = Math.Clamp(start < 0 ? start + size : start, 0, size);
        return (first, Math.Max(first, Math.Clamp(end < 0 ? end + size : end, 0, size)));
    }

    /// <summary>Makes the bounds follow the parts of the axis before, in and behind what is kept.</summary>
    internal void Follow(Coupling node, Extent head, Extent kept, Extent tail)
    {
        Follow(node, Start, StartInput, "starts", head, node.Sum(kept, tail));
        Follow(node, End, EndInput, "ends", node.Sum(head, kept), tail);
    }

    private void Follow(Coupling node, SizeValue bound, int input, string attribute, Extent fromStart, Extent fromEnd)
    {
        if (bound.Literal is null) node.SameSize(bound.Extent!, fromStart);
        else if (bound.Literal is not (0 or >= int.MaxValue or <= int.MinValue))
        {
            var (extent, negative) = bound.Literal > 0 ? (fromStart, false) : (fromEnd, true);
            if (AsInputs) node.BindInput(input, Element, extent, negative);
            else node.BindAttribute(attribute, Element, extent, negative);
        }
    }

    // The numbers of a constant are offsets, not sizes: they are bound here and not taken for widths.
    private static IReadOnlyList<SizeValue>? Numbers(Coupling node, int input) =>
        node.HoldsComputedSizes(input) ? node.Sizes(input) : node.Integers(input) is { } numbers ? Literals(numbers) : null;

    private static List<SizeValue> Literals(IReadOnlyList<long> numbers) => numbers.Select(number => new SizeValue(number, null)).ToList();
}

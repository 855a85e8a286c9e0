namespace FastDeepIoT.Onnx;

/// <summary>Widths through reductions: sums bear added zeros; a mean, a largest element or a product does not.</summary>
internal static class ReductionWidths
{
    internal static WidthRule Rule { get; } = new(Couple, Added);

    private static string? Couple(Coupling node)
    {
        var axes = node.In(0);
        if (Axes(node, axes.Count) is not { } reduced) return "reduces over axes that are computed";

        foreach (var axis in reduced)
            if (node.Node.OpType is "ReduceSum" or "ReduceL1" or "ReduceL2" or "ReduceSumSquare" or "ReduceLogSum") node.SumOver(0, axes[axis]);
            else node.Fix(axes[axis], "reduces over it");

        var keep = node.Node.IntegerOf("keepdims", 1) != 0;
        node.Out(0, axes.Select((axis, index) => reduced.Contains(index) ? keep ? FixedExtent.One : null : axis).OfType<Extent>());
        return null;
    }

    // Axes are an attribute or, in newer operator sets, a constant input; none means all. ArgMax and ArgMin have one.
    private static IReadOnlySet<int>? Axes(Coupling node, int rank)
    {
        IReadOnlyList<long>? axes = node.Node.OpType is "ArgMax" or "ArgMin" ? [node.Node.IntegerOf("axis", 0)]
            : node.Has(1) ? node.Integers(1)
            : node.Node.IntegersOf("axes");
        if (axes is null) return null;
        if (axes.Count == 0) return Enumerable.Range(0, node.Node.IntegerOf("noop_with_empty_axes", 0) != 0 ? 0 : rank).ToHashSet();

        var positions = axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();
        return positions.All(axis => axis >= 0 && axis < rank) ? positions : null;
    }

    private static AddedRange? Added(AddedView view) => view.Node.OpType switch
    {
        "ReduceLogSum" => null,
        "ReduceLogSumExp" or "ReduceProd" => AddedRange.Finite,
        "ReduceMean" or "ReduceMax" or "ReduceMin" => view.Range(0),
        _ => AddedFunctions.KeepsZero(view),
    };
}

namespace FastDeepIoT.Onnx;

/// <summary>
/// Widths into subgraphs and out of them (<see cref="FlatModel"/>): both branches give the same widths, and a state has one width through all
/// turns of a loop.
/// </summary>
internal static class SubgraphWidths
{
    /// <summary>If.</summary>
    internal static WidthRule Branches { get; } = WidthRule.Moving(node =>
    {
        if (node.Node.Attribute.Any(attribute => attribute.G is not null)) return "has graphs of its own";
        if (HasConstants(node, from: 1)) return "gives a constant";

        var count = node.Node.Output.Count;
        for (var output = 0; output < count; output++)
            if (Same(node, node.In(1 + output), node.In(1 + count + output)) is { } axes) node.Out(output, axes);
            else return "gives results of different rank";
        return null;
    });

    /// <summary>The beginning of a loop's body: turn, condition, states.</summary>
    internal static WidthRule LoopBegin { get; } = new(
        node =>
        {
            node.Out(0);
            node.Out(1);
            for (var state = 2; state < node.InputCount; state++) node.Out(state, node.In(state));
            return null;
        },
        AddedFunctions.Finite);

    /// <summary>The end of a loop: states, and what every turn gives, one after the other.</summary>
    internal static WidthRule Loop { get; } = new(node => CoupleEnd(node, first: 1), AddedFunctions.Hull);

    /// <summary>The beginning of a scan's body: states, and one step of every sequence.</summary>
    internal static WidthRule ScanBegin { get; } = new(CoupleScanBegin, AddedFunctions.Finite);

    /// <summary>The end of a scan.</summary>
    internal static WidthRule Scan { get; } = new(node => CoupleEnd(node, first: 0), AddedFunctions.Hull);

    private static string? CoupleScanBegin(Coupling node)
    {
        var states = (int)node.Node.IntegerOf(FlatModel.States, 0);
        for (var input = 0; input < node.InputCount; input++)
        {
            var axes = node.In(input);
            if (input < states) node.Out(input, axes);
            else
            {
                var along = Axis(node, "scan_input_axes", input - states, axes.Count);
                node.Fix(axes[along], "goes through it step by step");
                node.Out(input, axes.Where((_, axis) => axis != along));
            }
        }

        return null;
    }

    private static string? CoupleEnd(Coupling node, int first)
    {
        if (node.Node.Attribute.Any(attribute => attribute.G is not null)) return "has graphs of its own";
        if (HasConstants(node, from: first)) return "gives a constant";

        var states = (int)node.Node.IntegerOf(FlatModel.States, 0);
        var started = node.InputCount - states;
        for (var output = 0; output < node.Node.Output.Count; output++)
        {
            var axes = node.In(first + output).ToList();
            if (output >= states)
            {
                axes.Insert(node.Node.OpType == "Scan" ? Axis(node, "scan_output_axes", output - states, axes.Count + 1) : 0, new FixedExtent(Extent.Unknown));
                node.Out(output, axes);
            }
            else if (Same(node, node.In(started + output), axes) is { } same) node.Out(output, same);
            else return "changes the rank of a state";
        }

        return null;
    }

    private static IReadOnlyList<Extent>? Same(Coupling node, IReadOnlyList<Extent> left, IReadOnlyList<Extent> right) => left.Count != right.Count ? null
        : [.. left.Zip(right, (a, b) => node.Unify(a, b) is { Size: >= 0 } && a.Size == b.Size ? node.Resolve(a) : new FixedExtent(Extent.Unknown))];

    // What a subgraph gives as it is cannot be replaced where it is given.
    private static bool HasConstants(Coupling node, int from) => Enumerable.Range(from, node.InputCount - from).Any(input => node.Constant(input) is not null);

    private static int Axis(Coupling node, string attribute, int index, int rank)
    {
        var axes = node.Node.IntegersOf(attribute);
        var axis = index < axes.Count ? axes[index] : 0;
        return (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, Math.Max(0, rank - 1));
    }
}

namespace FastDeepIoT.Onnx;

/// <summary>Which nodes have a width in their inputs or outputs, for all widths of a finished analysis at once.</summary>
internal sealed class WidthUses
{
    private readonly Dictionary<Width, List<Coupling>> _nodesOf = [];
    private readonly Dictionary<Width, List<string>> _constantsOf = [];
    private readonly Dictionary<Width, ChannelRanges> _ranges = [];

    internal WidthUses(WidthAnalysis analysis)
    {
        Analysis = analysis;
        var leaves = new Dictionary<string, IReadOnlyList<Width>>();
        foreach (var node in analysis.Understood)
            foreach (var name in node.Node.Input.Concat(node.Node.Output).Where(name => name.Length > 0))
            {
                if (!leaves.TryGetValue(name, out var widths))
                {
                    leaves[name] = widths = [.. (analysis.AxesOf(name) ?? []).SelectMany(analysis.Solver.Open).Distinct()];
                    if (analysis.Graph.Constant(name) is not null)
                        foreach (var width in widths) ListOf(_constantsOf, width).Add(name);
                }

                foreach (var width in widths)
                    if (ListOf(_nodesOf, width) is var nodes && (nodes.Count == 0 || nodes[^1] != node)) nodes.Add(node);
            }
    }

    /// <summary>The analysis.</summary>
    internal WidthAnalysis Analysis { get; }

    /// <summary>The nodes that have a width in an input or output, in running order.</summary>
    internal IReadOnlyList<Coupling> NodesOf(Width width) => _nodesOf.GetValueOrDefault(width) ?? [];

    /// <summary>The constants that have a width and are read by such a node.</summary>
    internal IReadOnlyList<string> ConstantsOf(Width width) => _constantsOf.GetValueOrDefault(width) ?? [];

    /// <summary>What the channels of a width hold.</summary>
    internal ChannelRanges RangesOf(Width width)
    {
        if (!_ranges.TryGetValue(width, out var ranges)) _ranges[width] = ranges = new ChannelRanges(this, width);
        return ranges;
    }

    private static List<T> ListOf<T>(Dictionary<Width, List<T>> lists, Width width)
    {
        if (!lists.TryGetValue(width, out var list)) lists[width] = list = [];
        return list;
    }
}

namespace FastDeepIoT.Onnx;

/// <summary>Reads the groups off a finished analysis: one for each width left, one for each reason that fixed some.</summary>
internal sealed class GroupCollector(WidthAnalysis analysis, ConstantUses uses)
{
    private readonly List<(object Key, Extent Leaf)> _order = [];
    private readonly Dictionary<object, OrderedDictionary<WidthMember, bool>> _members = [];
    private readonly Dictionary<object, OrderedDictionary<string, bool>> _nodes = [];

    internal IReadOnlyList<WidthGroup> Collect()
    {
        foreach (var node in analysis.Graph.Graph.Node.Where(node => !analysis.IsCopyOfConstant(node)))
            foreach (var constant in node.Input.Where(IsWeights).Distinct())
                Add(constant, analysis.NameOf(node));
        return _order.Select((entry, index) => new WidthGroup(index, entry.Leaf.Size, entry.Leaf as Width, (entry.Leaf as FixedExtent)?.Reason,
            [.. _members[entry.Key].Keys], [.. _nodes[entry.Key].Keys])).ToList();
    }

    // A width is what some weights carry; a number that is a single element, or an integer, carries none.
    private bool IsWeights(string name) =>
        name.Length > 0 && analysis.Graph.Constant(name) is { Dims.Count: > 0 } constant && WidthAnalysis.IsReal(constant);

    private void Add(string constant, string node)
    {
        var axes = analysis.AxesOf(constant) ?? [];
        for (var axis = 0; axis < axes.Count; axis++)
            foreach (var leaf in Leaves(analysis.Solver.Resolve(axes[axis])).Distinct())
                Add(leaf, new WidthMember(uses.OriginalOf(constant), axis), node);
    }

    private void Add(Extent leaf, WidthMember member, string node)
    {
        object key = leaf is FixedExtent { Reason: var reason } ? (leaf.Size, reason) : leaf;
        if (!_members.TryGetValue(key, out var members))
        {
            _order.Add((key, leaf));
            _members[key] = members = [];
            _nodes[key] = [];
        }

        members.TryAdd(member, true);
        _nodes[key].TryAdd(node, true);
    }

    private static IEnumerable<Extent> Leaves(Extent extent) => extent switch
    {
        Width => [extent],
        FixedExtent { Reason: not null, Size: not 1 } => [extent],
        SumExtent sum => sum.Terms.SelectMany(Leaves),
        ProductExtent product => product.Factors.SelectMany(Leaves),
        _ => [],
    };
}

namespace FastDeepIoT.Onnx;

/// <summary>Finds which axes before a reshape become which axes after it.</summary>
internal sealed class ReshapeAlignment(
    Coupling node, IReadOnlyList<Extent> source, IReadOnlyList<SizeValue> target, IReadOnlyList<long> sizes)
{
    private readonly Extent?[] _axes = new Extent?[sizes.Count];

    /// <summary>The axes after the reshape.</summary>
    internal IReadOnlyList<Extent> Axes()
    {
        var before = Enumerable.Range(0, source.Count).Where(axis => source[axis].Size != 1).ToList();
        var after = Enumerable.Range(0, sizes.Count).Where(axis => sizes[axis] != 1).ToList();
        for (var axis = 0; axis < sizes.Count; axis++)
            if (sizes[axis] == 1) _axes[axis] = FixedExtent.One;

        while (before.Count > 0 && after.Count > 0 && Same(before[0], after[0])) Pair(before, after, 0, 0);
        while (before.Count > 0 && after.Count > 0 && Same(before[^1], after[^1])) Pair(before, after, before.Count - 1, after.Count - 1);
        Regroup(before.Select(axis => source[axis]).ToList(), after);
        return _axes.Select(axis => node.Resolve(axis!)).ToList();
    }

    private bool Same(int before, int after)
    {
        if (source[before].Size >= 0 && source[before].Size == sizes[after]) return true;
        if (target[after].Literal == 0) return before == after;
        return target[after].Extent is { } extent && ReferenceEquals(node.Resolve(extent), source[before]);
    }

    private void Pair(List<int> before, List<int> after, int first, int second)
    {
        _axes[after[second]] = source[before[first]];
        before.RemoveAt(first);
        after.RemoveAt(second);
    }

    private void Regroup(List<Extent> before, List<int> after)
    {
        if (after.Count == 0)
            node.Fix(before, "reshapes sizes that are not known");
        else if (after.Count == 1 && before.Count > 0)
            _axes[after[0]] = node.Product(before);
        else if (before.Count > 0 && before.All(axis => axis.Size > 0) && after.All(axis => sizes[axis] > 0))
            Split(before, after);
        else
        {
            node.Fix(before, "reshapes sizes that are not known");
            foreach (var axis in after) _axes[axis] = new FixedExtent(sizes[axis] < 0 ? Extent.Unknown : sizes[axis]);
        }
    }

    private void Split(List<Extent> before, List<int> after)
    {
        foreach (var axis in after) _axes[axis] = node.Fresh(sizes[axis]);
        node.Unify(node.Product(before), node.Product(after.Select(axis => _axes[axis]!)), "regroups axes across widths");
    }
}

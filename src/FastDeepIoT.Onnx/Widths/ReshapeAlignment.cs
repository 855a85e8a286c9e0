namespace FastDeepIoT.Onnx;

/// <summary>
/// Finds which axes before a reshape become which axes after it. Runs of axes with the same number of elements, counted from either
/// end, correspond; what lies between them may hold one axis of unknown size.
/// </summary>
internal sealed class ReshapeAlignment(
    Coupling node, IReadOnlyList<Extent> source, IReadOnlyList<SizeValue> target, IReadOnlyList<long> sizes)
{
    private readonly Extent?[] _axes = new Extent?[sizes.Count];
    private readonly List<int> _before = Enumerable.Range(0, source.Count).Where(axis => source[axis].Size != 1).ToList();
    private readonly List<int> _after = Enumerable.Range(0, sizes.Count).Where(axis => sizes[axis] != 1).ToList();

    /// <summary>The axes after the reshape.</summary>
    internal IReadOnlyList<Extent> Axes()
    {
        for (var axis = 0; axis < sizes.Count; axis++)
            if (sizes[axis] == 1) _axes[axis] = FixedExtent.One;

        while (TakeRun(fromEnd: false) || TakeRun(fromEnd: true)) continue;
        Regroup(_before, _after);
        return _axes.Select(axis => node.Resolve(axis!)).ToList();
    }

    // The shortest runs at one end that hold the same number of elements.
    private bool TakeRun(bool fromEnd)
    {
        if (_before.Count == 0 || _after.Count == 0) return false;
        if (Same(_before[fromEnd ? ^1 : 0], _after[fromEnd ? ^1 : 0])) return Take(1, 1, fromEnd);

        int befores = 0, afters = 0;
        long left = 1, right = 1;
        while (befores == 0 || afters == 0 || left != right)
            if (left <= right ? !Multiply(ref left, _before, axis => source[axis].Size, befores++) : !Multiply(ref right, _after, axis => sizes[axis], afters++))
                return false;
        return Take(befores, afters, fromEnd);

        bool Multiply(ref long product, List<int> axes, Func<int, long> sizeOf, int position)
        {
            if (position == axes.Count || sizeOf(axes[fromEnd ? ^(position + 1) : position]) is not (> 0 and var size)) return false;
            product *= size;
            return true;
        }
    }

    private bool Same(int before, int after) =>
        (source[before].Size >= 0 && source[before].Size == sizes[after])
        || (target[after].Literal == 0 && before == after)
        || (target[after].Extent is { } extent && ReferenceEquals(node.Resolve(extent), source[before]));

    private bool Take(int befores, int afters, bool fromEnd)
    {
        var (before, after) = (TakeFrom(_before, befores, fromEnd), TakeFrom(_after, afters, fromEnd));
        if (before.Count == 1 && after.Count == 1) _axes[after[0]] = source[before[0]];
        else Regroup(before, after);
        return true;
    }

    private static List<int> TakeFrom(List<int> axes, int count, bool fromEnd)
    {
        var start = fromEnd ? axes.Count - count : 0;
        var taken = axes.GetRange(start, count);
        axes.RemoveRange(start, count);
        return taken;
    }

    private void Regroup(IReadOnlyList<int> before, IReadOnlyList<int> after)
    {
        var axes = before.Select(axis => source[axis]).ToList();
        if (after.Count == 1 && axes.Count > 0)
            _axes[after[0]] = node.Product(axes);
        else if (axes.Count > 0 && axes.All(axis => axis.Size > 0) && after.Count > 0 && after.All(axis => sizes[axis] > 0))
        {
            foreach (var axis in after) _axes[axis] = node.Fresh(sizes[axis]);
            node.Unify(node.Product(axes), node.Product(after.Select(axis => _axes[axis]!)), "regroups axes across widths");
        }
        else
        {
            node.Fix(axes, "reshapes sizes that are not known");
            foreach (var axis in after) _axes[axis] = new FixedExtent(sizes[axis] < 0 ? Extent.Unknown : sizes[axis]);
        }
    }
}

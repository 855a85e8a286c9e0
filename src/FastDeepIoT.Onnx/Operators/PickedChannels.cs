namespace FastDeepIoT.Onnx;

/// <summary>
/// Lists of positions that a Gather picks along a width, where they follow a rule: a part of the width, every n-th position, or a shuffle, which
/// reads groups of channels across.
/// </summary>
internal static class PickedChannels
{
    /// <summary>The axis that picking gives, or null when the list follows no rule that is known.</summary>
    internal static Extent? Couple(Coupling node, int input, Extent axis, IReadOnlyList<long> picked)
    {
        if (picked.Count < 2 || axis.Size < 0 || !node.IsOpen(axis) || picked.Any(position => position < 0 || position >= axis.Size)) return null;

        return Part(node, input, axis, picked) ?? Strided(node, input, axis, picked) ?? Shuffled(node, input, axis, picked);
    }

    private static Extent? Part(Coupling node, int input, Extent axis, IReadOnlyList<long> picked)
    {
        if (!IsRun(picked, 1)) return null;

        var (head, rest) = node.Cut(axis, picked[0]);
        var (kept, tail) = node.Cut(rest, picked.Count);
        node.Drop(head, tail);
        node.BindPicks(input, head, [(kept, FixedExtent.One)]);
        return node.Resolve(kept);
    }

    private static Extent? Strided(Coupling node, int input, Extent axis, IReadOnlyList<long> picked)
    {
        var step = picked[1] - picked[0];
        if (step < 2 || picked[0] >= step || axis.Size != picked.Count * step || !IsRun(picked, step)) return null;

        var (kept, stride) = (node.Fresh(picked.Count), new FixedExtent(step));
        node.Unify(axis, node.Product(kept, stride));
        node.BindPicks(input, new FixedExtent(picked[0]), [(kept, stride)]);
        return node.Resolve(kept);
    }

    // Groups of as many channels each, read across: the first channel of every group, then the second of every group.
    private static Extent? Shuffled(Coupling node, int input, Extent axis, IReadOnlyList<long> picked)
    {
        var each = picked[1] - picked[0];
        if (each < 2 || axis.Size % each != 0 || picked.Count != axis.Size) return null;

        var count = axis.Size / each;
        for (var at = 0; at < picked.Count; at++)
            if (picked[at] != at % count * each + at / count)
                return null;

        var (groups, channels) = (node.Fresh(count), node.Fresh(each));
        node.Unify(axis, node.Product(groups, channels));
        node.BindPicks(input, new FixedExtent(0), [(channels, FixedExtent.One), (groups, channels)]);
        return node.Product(channels, groups);
    }

    private static bool IsRun(IReadOnlyList<long> picked, long step)
    {
        for (var at = 1; at < picked.Count; at++)
            if (picked[at] - picked[at - 1] != step)
                return false;
        return true;
    }
}

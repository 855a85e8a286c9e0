namespace FastDeepIoT.Onnx;

/// <summary>Widths through operators that move whole axes or join and cut along one.</summary>
internal static class MovementWidths
{
    /// <summary>Transpose.</summary>
    internal static WidthRule Transpose { get; } = WidthRule.Moving(node =>
    {
        var axes = node.In(0);
        var order = node.Node.IntegersOf("perm");
        if (order.Count == 0) node.Out(0, axes.Reverse());
        else if (order.Count != axes.Count) return "permutes another number of axes";
        else node.Out(0, order.Select(axis => axes[(int)axis]));
        return null;
    });

    /// <summary>Concat: axes one after the other.</summary>
    internal static WidthRule Concat { get; } = WidthRule.Moving(CoupleConcat);

    /// <summary>Split, with equal or given parts.</summary>
    internal static WidthRule Split { get; } = WidthRule.Moving(CoupleSplit);

    /// <summary>Gather: picks along an axis, which can change where what is picked follows a rule; the other axes go through.</summary>
    internal static WidthRule Gather { get; } = WidthRule.Moving(CoupleGather);

    /// <summary>Tile: copies one after the other.</summary>
    internal static WidthRule Tile { get; } = WidthRule.Moving(CoupleTile);

    /// <summary>Expand: repeats axes of one element.</summary>
    internal static WidthRule Expand { get; } = WidthRule.Moving(CoupleExpand);

    /// <summary>DepthToSpace: channels are [blocks, channels] or, as CRD, [channels, blocks].</summary>
    internal static WidthRule DepthToSpace { get; } = WidthRule.Moving(CoupleDepthToSpace);

    /// <summary>SpaceToDepth: channels become [blocks, channels].</summary>
    internal static WidthRule SpaceToDepth { get; } = WidthRule.Moving(node =>
    {
        var axes = node.In(0);
        if (axes.Count != 4) return "has no image";

        var block = node.Node.IntegerOf("blocksize", 1);
        node.FixPositions(axes);
        node.Out(0, axes[0], node.Product(new FixedExtent(block * block), axes[1]), node.Inferred(0, 2), node.Inferred(0, 3));
        return null;
    });

    private static string? CoupleConcat(Coupling node)
    {
        var inputs = Enumerable.Range(0, node.InputCount).Where(node.Has).ToList();
        var axes = inputs.Select(node.In).ToList();
        var rank = axes[0].Count;
        if (rank == 0 || axes.Any(input => input.Count != rank)) return "joins what has different axes";

        var along = node.Node.IntegerOf("axis", 1);
        if (along < 0) along += rank;
        var joined = Enumerable.Range(0, rank).Select(axis => axis == along
            ? node.Sum(axes.Select(input => input[axis]))
            : axes.Skip(1).Aggregate(axes[0][axis], (first, other) => node.Unify(first, other[axis]))).ToList();
        node.Out(0, joined);
        if (rank == 1 && inputs.All(node.HoldsSizes)) node.OutSizes(0, inputs.SelectMany(input => node.Sizes(input)!).ToList());
        return null;
    }

    private static string? CoupleSplit(Coupling node)
    {
        var axes = node.In(0);
        var along = NormalizationWidths.AxisOf(node, axes.Count, 0);
        if (along >= axes.Count) return "cuts no axis";

        var given = node.Has(1) ? node.Sizes(1)
            : node.Node.Has("split") ? node.Node.IntegersOf("split").Select((size, part) => new SizeValue(size, node.AttributeSize("split", size, part))).ToList()
            : null;
        if (node.Has(1) && given is null) return "cuts at computed positions";
        if (axes[along].Size == Extent.Unknown) return "cuts an axis of unknown size";

        var parts = given is null ? EqualParts(node, axes[along]) : GivenParts(node, axes[along], given);
        if (parts is null) return "cuts into unknown parts";
        for (var part = 0; part < node.Node.Output.Count; part++) node.Out(part, axes.Select((axis, index) => index == along ? parts[part] : axis));
        return null;
    }

    private static List<Extent>? EqualParts(Coupling node, Extent whole)
    {
        var count = node.Node.Output.Count;
        if (whole.Size % count != 0)
        {
            node.Fix(whole, "cuts into parts that are not equal");
            return Enumerable.Range(0, count).Select(part => (Extent)node.Inferred(part, NormalizationWidths.AxisOf(node, node.In(0).Count, 0))).ToList();
        }

        var one = node.Fresh(whole.Size / count);
        node.Unify(whole, node.Product(new FixedExtent(count), one));
        return Enumerable.Repeat(node.Resolve(one), count).ToList();
    }

    private static List<Extent>? GivenParts(Coupling node, Extent whole, IReadOnlyList<SizeValue> sizes)
    {
        if (sizes.Count != node.Node.Output.Count || sizes.Any(size => size.Extent is not { Size: >= 0 })) return null;

        node.Unify(whole, node.Sum(sizes.Select(size => size.Extent!)));
        return sizes.Select(size => node.Resolve(size.Extent!)).ToList();
    }

    private static string? CoupleGather(Coupling node)
    {
        var (axes, indices) = (node.In(0), node.In(1));
        var along = NormalizationWidths.AxisOf(node, axes.Count, 0);
        if (along >= axes.Count) return "picks along no axis";

        if (indices.Count == 1 && node.Integers(1) is { } positions && PickedChannels.Couple(node, 1, axes[along], positions) is { } kept) indices = [kept];
        else node.Fix(axes[along], "picks by position");
        node.Out(0, [.. axes.Take(along), .. indices, .. axes.Skip(along + 1)]);
        if (axes.Count == 1 && node.HoldsComputedSizes(0) && node.Integers(1) is { } picked)
        {
            var sizes = node.Sizes(0)!;
            node.OutSizes(0, picked.Select(index => index < 0 ? index + sizes.Count : index)
                .Select(index => index >= 0 && index < sizes.Count ? sizes[(int)index] : SizeValue.Unknown).ToList());
        }

        return null;
    }

    private static string? CoupleTile(Coupling node)
    {
        var axes = node.In(0);
        if (node.Integers(1) is not { } repeats || repeats.Count != axes.Count) return "repeats a computed number of times";

        node.Out(0, axes.Select((axis, index) => axis.Size == 1 ? new FixedExtent(repeats[index]) : node.Product(new FixedExtent(repeats[index]), axis)));
        return null;
    }

    private static string? CoupleExpand(Coupling node)
    {
        var axes = node.In(0);
        if (node.Sizes(1) is not { } sizes) return "expands to a computed shape";

        var target = sizes.Select((size, index) => size.Extent ?? new FixedExtent(Extent.Unknown)).ToList();
        node.Out(0, ElementWidths.BroadcastAxes(node, [axes, target]));
        return null;
    }

    private static string? CoupleDepthToSpace(Coupling node)
    {
        var axes = node.In(0);
        var blocks = node.Node.IntegerOf("blocksize", 1) * node.Node.IntegerOf("blocksize", 1);
        if (axes.Count != 4 || axes[1].Size < 0 || axes[1].Size % blocks != 0) return "has no image";

        node.FixPositions(axes);
        var channels = node.Fresh(axes[1].Size / blocks);
        node.Unify(axes[1], node.Node.TextOf("mode", "DCR") == "CRD"
            ? node.Product(channels, new FixedExtent(blocks))
            : node.Product(new FixedExtent(blocks), channels));
        node.Out(0, axes[0], node.Resolve(channels), node.Inferred(0, 2), node.Inferred(0, 3));
        return null;
    }
}

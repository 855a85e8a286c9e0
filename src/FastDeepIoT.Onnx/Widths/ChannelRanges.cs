namespace FastDeepIoT.Onnx;

/// <summary>
/// What the elements of one channel of a width hold: the same rules as for added channels, with what the constants hold at the channel in
/// place of zeros.
/// </summary>
internal sealed class ChannelRanges
{
    private readonly WidthUses _uses;
    private readonly Width _width;
    private readonly Dictionary<string, IReadOnlyList<ChannelSlices>> _slices = [];
    private readonly Dictionary<(string, int), AddedRange> _ranges = [];
    private IReadOnlyList<int>? _withZeros;

    internal ChannelRanges(WidthUses uses, Width width)
    {
        (_uses, _width) = (uses, width);
        foreach (var name in uses.ConstantsOf(width))
            _slices[name] = [.. ChannelSlices.All(uses.Analysis.Graph.Constant(name)!, [.. uses.Analysis.AxesOf(name)!.Select(uses.Analysis.Solver.Resolve)], width)];
    }

    /// <summary>The channels at which some constant holds nothing but zeros, ascending: without that, there is nothing to follow.</summary>
    internal IReadOnlyList<int> WithZeros => _withZeros ??= [.. _slices.Values.SelectMany(Zeros).Distinct().Order()];

    /// <summary>Follows a channel through the network.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="visit">Told every node, with what its inputs hold; returns false to stop.</param>
    /// <returns>False when stopped.</returns>
    internal bool Follow(int channel, Func<Coupling, AddedRanges, bool> visit)
    {
        var ranges = new AddedRanges(_uses.Analysis, (constant, _) => RangeOf(constant, channel));
        foreach (var node in _uses.NodesOf(_width))
        {
            if (!visit(node, ranges)) return false;
            ranges.Follow(node, _width);
        }

        return true;
    }

    private SortedSet<int> Zeros(IReadOnlyList<ChannelSlices> slices)
    {
        var channels = new SortedSet<int>(Enumerable.Range(0, (int)_width.Size).Where(channel => slices.Any(axis => axis.Has(channel))));
        foreach (var axis in slices) axis.RemoveOthersThanZero(channels);
        return channels;
    }

    // The bounds of all elements that lie at a channel, along any axis.
    private AddedRange RangeOf(string constant, int channel)
    {
        if (!_ranges.TryGetValue((constant, channel), out var range))
            _ranges[(constant, channel)] = range = _slices[constant].Where(axis => axis.Has(channel)).Select(axis => axis.RangeOf(channel))
                .Aggregate((AddedRange?)null, (all, one) => all?.Or(one) ?? one) ?? AddedRange.Finite;
        return range;
    }
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// What the elements of one channel of a width hold: the same rules as for added channels, with what the constants hold at the channel in
/// place of zeros.
/// </summary>
internal sealed class ChannelRanges
{
    private readonly WidthUses _uses;
    private readonly Width _width;
    private readonly Dictionary<string, AddedRange[]> _constants = [];

    internal ChannelRanges(WidthUses uses, Width width)
    {
        (_uses, _width) = (uses, width);
        foreach (var name in uses.ConstantsOf(width)) _constants[name] = Ranges(uses.Analysis.Graph.Constant(name)!, uses.Analysis.AxesOf(name)!);
    }

    /// <summary>The channels at which some constant holds nothing but zeros: without that, there is nothing to follow.</summary>
    internal IEnumerable<int> WithZeros =>
        Enumerable.Range(0, (int)_width.Size).Where(channel => _constants.Values.Any(ranges => ranges[channel].IsZero));

    /// <summary>Follows a channel through the network.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="visit">Told every node, with what its inputs hold; returns false to stop.</param>
    /// <returns>False when stopped.</returns>
    internal bool Follow(int channel, Func<Coupling, AddedRanges, bool> visit)
    {
        var ranges = new AddedRanges(_uses.Analysis, (constant, _) => _constants[constant][channel]);
        foreach (var node in _uses.NodesOf(_width))
        {
            if (!visit(node, ranges)) return false;
            ranges.Follow(node, _width);
        }

        return true;
    }

    // For every channel the bounds of all elements that lie at it, along any axis.
    private AddedRange[] Ranges(TensorProto constant, IReadOnlyList<Extent> axes)
    {
        var ranges = new AddedRange?[_width.Size];
        var values = TensorValues.Numbers(constant);
        var inner = values.Count;
        foreach (var channels in axes.Select(axis => ChannelSlices.ChannelsAlong(_uses.Analysis.Solver.Resolve(axis), _width)))
        {
            inner /= Math.Max(1, channels.Length);
            if (Array.TrueForAll(channels, channel => channel < 0)) continue;

            for (var at = 0; at < values.Count; at++)
                if (channels[at / inner % channels.Length] is >= 0 and var channel)
                    ranges[channel] = ranges[channel]?.Or(new AddedRange(values[at], values[at])) ?? new AddedRange(values[at], values[at]);
        }

        return ranges.Select(range => range ?? AddedRange.Finite).ToArray();
    }
}

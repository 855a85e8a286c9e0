using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Finds channels that add nothing to any output: wherever they are summed, either they are always zero or their weights are. Looks at
/// the same rules as for added channels, with what the constants hold at the channel in place of zeros.
/// </summary>
internal sealed class IdleChannels
{
    private readonly WidthAnalysis _analysis;
    private readonly Width _width;
    private readonly List<Coupling> _nodes;
    private readonly Dictionary<string, AddedRange[]> _constants = [];

    internal IdleChannels(WidthAnalysis analysis, Width width)
    {
        (_analysis, _width) = (analysis, width);
        _nodes = analysis.Understood.Where(node => node.Node.Input.Concat(node.Node.Output).Any(Carries)).ToList();
        foreach (var name in _nodes.SelectMany(node => node.Node.Input).Where(Carries).Distinct())
            if (analysis.Graph.Constant(name) is { } constant) _constants[name] = Ranges(constant, analysis.AxesOf(name)!);
    }

    /// <summary>The idle channels, ascending.</summary>
    internal IReadOnlyList<int> Find() => Enumerable.Range(0, (int)_width.Size).Where(MayBeIdle).Where(IsIdle).ToList();

    // Without a zero anywhere there is nothing to follow.
    private bool MayBeIdle(int channel) => _constants.Values.Any(ranges => ranges[channel].IsZero);

    private bool IsIdle(int channel)
    {
        var ranges = new AddedRanges(_analysis, (constant, _) => _constants[constant][channel]);
        foreach (var node in _nodes)
        {
            if (node.Contractions.Any(contraction => !AddsNothing(node, contraction.Left, contraction.Right, contraction.Over, ranges))) return false;
            ranges.Follow(node, _width);
        }

        return true;
    }

    private bool AddsNothing(Coupling node, int left, int? right, Extent over, AddedRanges ranges) =>
        !_analysis.Solver.Open(over).Contains(_width)
        || ranges.Of(node.Node.Input[left], _width).IsZero
        || (right is { } other && ranges.Of(node.Node.Input[other], _width).IsZero);

    private bool Carries(string name) =>
        name.Length > 0 && _analysis.AxesOf(name) is { } axes && axes.Any(axis => _analysis.Solver.Resolve(axis).Leaves().Contains(_width));

    // For every channel the bounds of all elements that lie at it, along any axis.
    private AddedRange[] Ranges(TensorProto constant, IReadOnlyList<Extent> axes)
    {
        var ranges = new AddedRange?[_width.Size];
        var values = TensorValues.Numbers(constant);
        var inner = values.Count;
        foreach (var channels in axes.Select(axis => ChannelsAlong(_analysis.Solver.Resolve(axis))))
        {
            inner /= Math.Max(1, channels.Length);
            for (var at = 0; at < values.Count; at++)
                if (channels[at / inner % channels.Length] is >= 0 and var channel)
                    ranges[channel] = ranges[channel]?.Or(new AddedRange(values[at], values[at])) ?? new AddedRange(values[at], values[at]);
        }

        return ranges.Select(range => range ?? AddedRange.Finite).ToArray();
    }

    // For every position along an axis the channel of the width it belongs to, or -1.
    private int[] ChannelsAlong(Extent extent) => extent switch
    {
        Width width => width == _width ? Enumerable.Range(0, (int)width.Size).ToArray() : None(width.Size),
        SumExtent sum => sum.Terms.SelectMany(ChannelsAlong).ToArray(),
        ProductExtent product => product.Factors.Select(ChannelsAlong).Aggregate((outer, inner) =>
            outer.SelectMany(o => inner.Select(i => Math.Max(o, i))).ToArray()),
        _ => None(extent.Size),
    };

    private static int[] None(long size) => Enumerable.Repeat(-1, (int)size).ToArray();
}

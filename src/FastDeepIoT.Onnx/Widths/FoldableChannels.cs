namespace FastDeepIoT.Onnx;

/// <summary>
/// Finds channels that always have the same value, and channels that are always equal to another one. Constants go into the biases of the
/// readers; where a reader pads its input, and so sees zeros beside the constant, into another constant channel instead.
/// </summary>
internal sealed class FoldableChannels
{
    private readonly WidthUses _uses;
    private readonly Width _width;
    private readonly List<Site> _sites = [];
    private readonly List<ChannelSlices> _makers = [];
    private readonly bool _known;

    internal FoldableChannels(WidthUses uses, Width width)
    {
        (_uses, _width) = (uses, width);
        _known = Understand();
    }

    /// <summary>The channels that need not be read, ascending.</summary>
    internal IReadOnlyList<FoldedChannel> Find()
    {
        if (!_known || _sites.Count == 0) return [];

        var constants = Constants();
        return [.. FoldConstants(constants).Concat(FoldEqual(Enumerable.Range(0, (int)_width.Size).Where(channel => !constants.ContainsKey(channel))))
            .OrderBy(folded => folded.Channel)];
    }

    // Every sum over the width has to be one over constant weights; all other constants with the width make what is summed.
    private bool Understand()
    {
        var read = new HashSet<(string, int)>();
        foreach (var node in _uses.NodesOf(_width))
            foreach (var contraction in node.Contractions.Where(contraction => _uses.Analysis.Solver.Open(contraction.Over).Contains(_width)))
            {
                if (contraction is not { Left: 0, Right: { } right, RightAxis: { } axis } || SlicesOf(node.Node.Input[right], axis) is not { } slices) return false;

                _sites.Add(new Site(node, right, slices));
                read.Add((node.Node.Input[right], axis));
            }

        foreach (var name in _uses.ConstantsOf(_width))
        {
            var axes = _uses.Analysis.AxesOf(name)!;
            foreach (var axis in Enumerable.Range(0, axes.Count).Where(axis => _uses.Analysis.Solver.Open(axes[axis]).Contains(_width) && !read.Contains((name, axis))))
            {
                if (SlicesOf(name, axis) is not { } slices) return false;
                _makers.Add(slices);
            }
        }

        return true;
    }

    private ChannelSlices? SlicesOf(string name, int axis) => _uses.Analysis.Graph.Constant(name) is { } constant
        ? ChannelSlices.Of(constant, [.. _uses.Analysis.AxesOf(name)!.Select(_uses.Analysis.Solver.Resolve)], axis, _width)
        : null;

    // For every channel that is constant wherever it is read: its values there.
    private SortedDictionary<int, double[]> Constants()
    {
        var constants = new SortedDictionary<int, double[]>();
        var ranges = _uses.RangesOf(_width);
        foreach (var channel in ranges.WithZeros)
        {
            var values = new List<double>();
            var constant = ranges.Follow(channel, (node, held) => _sites.Where(site => site.Node == node).All(site =>
            {
                var range = held.Of(node.Node.Input[0], _width);
                values.Add(range.Low);
                return range.Low == range.High && double.IsFinite(range.Low);
            }));
            if (constant && values.Any(value => value != 0)) constants[channel] = [.. values];
        }

        return constants;
    }

    private IEnumerable<FoldedChannel> FoldConstants(SortedDictionary<int, double[]> constants)
    {
        var places = _sites.Select(site => BiasPlaces.Of(_uses.Analysis.Graph, site.Node)).ToList();
        if (places.TrueForAll(place => place is not null))
            return constants.Select(pair => new FoldedChannel(pair.Key, null, [.. _sites.Select((site, index) => site.Share(pair.Value[index], places[index]))], IsConstant: true));
        if (constants.FirstOrDefault(pair => Array.TrueForAll(pair.Value, value => value != 0)) is not { Value: { } carried } carrier) return [];

        return constants.Where(pair => pair.Key != carrier.Key)
            .Select(pair => new FoldedChannel(pair.Key, carrier.Key, [.. _sites.Select((site, index) => site.Share(pair.Value[index] / carried[index], null))], IsConstant: true));
    }

    // What is made of equal weights by operators that treat all channels alike is equal.
    private IEnumerable<FoldedChannel> FoldEqual(IEnumerable<int> channels)
    {
        if (_makers.Count == 0) return [];

        var alike = _makers.Aggregate(new List<List<int>> { channels.ToList() }, (groups, maker) => maker.Alike(groups));
        return alike.SelectMany(group => group.Skip(1).Select(channel =>
            new FoldedChannel(channel, group[0], [.. _sites.Select(site => site.Share(1, null))], IsConstant: false)));
    }

    private sealed record Site(Coupling Node, int Weights, ChannelSlices Slices)
    {
        internal ChannelShare Share(double factor, BiasPlace? bias) => new(Node.Index, Weights, Slices, factor, bias);
    }
}

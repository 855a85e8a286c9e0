using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Where the channels of one width lie in a constant: along which axis, and at which positions of it.</summary>
public sealed class ChannelSlices
{
    // Few channels begin alike that are not equal: the others need not be read.
    private const int FirstValues = 4;

    private readonly TensorProto _constant;
    private readonly List<int>[] _along;
    private readonly int _length;
    private readonly int _inner;
    private readonly int _count;

    private ChannelSlices(TensorProto constant, int count, int axis, int[] channels, int width)
    {
        (_constant, _count, Axis, _length) = (constant, count, axis, channels.Length);
        _inner = constant.Dims.Skip(axis + 1).Aggregate(1, (product, size) => product * (int)size);
        _along = [.. Enumerable.Range(0, width).Select(_ => new List<int>())];
        for (var position = 0; position < channels.Length; position++)
            if (channels[position] >= 0) _along[channels[position]].Add(position);
    }

    /// <summary>The constant's values, read anew each time.</summary>
    public IReadOnlyList<double> Values => TensorValues.Numbers(_constant);

    /// <summary>The axis that has the width.</summary>
    public int Axis { get; }

    /// <summary>Finds the channels of a width along an axis of a constant; null when the axis has it more than once, or the values cannot be read.</summary>
    internal static ChannelSlices? Of(TensorProto constant, IReadOnlyList<Extent> axes, int axis, Width width) =>
        axes[axis].Leaves().Count(leaf => leaf == width) == 1 && NumberView.CountOf(constant) is > 0 and var count
            ? new ChannelSlices(constant, count, axis, ChannelsAlong(axes[axis], width), (int)width.Size)
            : null;

    /// <summary>Every axis of a constant that has a width, in whatever way; none when the values cannot be read.</summary>
    internal static IEnumerable<ChannelSlices> All(TensorProto constant, IReadOnlyList<Extent> axes, Width width)
    {
        var count = NumberView.CountOf(constant);
        for (var axis = 0; axis < axes.Count && count > 0; axis++)
            if (ChannelsAlong(axes[axis], width) is var channels && Array.Exists(channels, channel => channel >= 0))
                yield return new ChannelSlices(constant, count, axis, channels, (int)width.Size);
    }

    /// <summary>For every position along an axis the channel of the width it belongs to, or -1.</summary>
    internal static int[] ChannelsAlong(Extent extent, Width width) => extent switch
    {
        Width other => other == width ? Enumerable.Range(0, (int)width.Size).ToArray() : None(other.Size),
        SumExtent sum => sum.Terms.SelectMany(term => ChannelsAlong(term, width)).ToArray(),
        ProductExtent product => product.Factors.Select(factor => ChannelsAlong(factor, width)).Aggregate((outer, inner) =>
            outer.SelectMany(o => inner.Select(i => Math.Max(o, i))).ToArray()),
        _ => None(extent.Size),
    };

    /// <summary>The positions in the constant that belong to a channel, in order: as many for every channel.</summary>
    public IEnumerable<int> PositionsOf(int channel)
    {
        for (var outer = 0; outer < _count; outer += _length * _inner)
            foreach (var along in _along[channel])
                for (var inner = 0; inner < _inner; inner++)
                    yield return outer + along * _inner + inner;
    }

    /// <summary>Whether the constant has the channel at all.</summary>
    internal bool Has(int channel) => _along[channel].Count > 0;

    /// <summary>Takes out of a set the channels that have another value than zero.</summary>
    internal void RemoveOthersThanZero(ISet<int> channels)
    {
        using var numbers = NumberView.Of(_constant);
        for (var outer = 0; outer < _count && channels.Count > 0; outer += _length * _inner)
            foreach (var channel in channels.ToList())
                foreach (var along in _along[channel])
                    if (!numbers.AreZero(outer + along * _inner, _inner))
                    {
                        channels.Remove(channel);
                        break;
                    }
    }

    /// <summary>The bounds of the values of a channel that the constant has.</summary>
    internal AddedRange RangeOf(int channel)
    {
        using var numbers = NumberView.Of(_constant);
        AddedRange? range = null;
        foreach (var position in PositionsOf(channel))
            range = range?.Or(new AddedRange(numbers[position], numbers[position])) ?? new AddedRange(numbers[position], numbers[position]);
        return range ?? AddedRange.Finite;
    }

    /// <summary>Takes groups of channels apart until those of each group have the same values; groups of one are left out.</summary>
    internal List<List<int>> Alike(IEnumerable<IReadOnlyList<int>> groups)
    {
        using var numbers = NumberView.Of(_constant);
        var alike = new List<List<int>>();
        foreach (var group in groups)
            foreach (var similar in Similar(numbers, group, FirstValues))
                foreach (var equal in Similar(numbers, similar, int.MaxValue)) alike.AddRange(Equal(numbers, equal));
        return alike;
    }

    private List<List<int>> Similar(NumberView numbers, IReadOnlyList<int> channels, int most)
    {
        var similar = new Dictionary<int, List<int>>();
        foreach (var channel in channels)
        {
            var hash = new HashCode();
            foreach (var position in PositionsOf(channel).Take(most)) hash.Add(numbers[position]);
            if (!similar.TryGetValue(hash.ToHashCode(), out var group)) similar[hash.ToHashCode()] = group = [];
            group.Add(channel);
        }

        return [.. similar.Values.Where(group => group.Count > 1)];
    }

    private List<List<int>> Equal(NumberView numbers, List<int> channels)
    {
        var equal = new List<List<int>>();
        foreach (var channel in channels)
        {
            var at = 0;
            while (at < equal.Count && !AreEqual(numbers, channel, equal[at][0])) at++;
            if (at == equal.Count) equal.Add([]);
            equal[at].Add(channel);
        }

        return [.. equal.Where(group => group.Count > 1)];
    }

    private bool AreEqual(NumberView numbers, int channel, int other)
    {
        foreach (var (left, right) in PositionsOf(channel).Zip(PositionsOf(other)))
            if (!numbers[left].Equals(numbers[right])) return false;
        return true;
    }

    private static int[] None(long size) => Enumerable.Repeat(-1, (int)size).ToArray();
}

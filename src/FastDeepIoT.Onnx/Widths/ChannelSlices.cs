using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Where the channels of one width lie in a constant: along which axis, and at which positions of it.</summary>
public sealed class ChannelSlices
{
    private readonly List<int>[] _along;
    private readonly int _length;
    private readonly int _inner;

    private ChannelSlices(IReadOnlyList<double> values, int axis, int[] channels, int inner, int count)
    {
        (Values, Axis, _length, _inner) = (values, axis, channels.Length, inner);
        _along = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (var position = 0; position < channels.Length; position++)
            if (channels[position] >= 0) _along[channels[position]].Add(position);
    }

    /// <summary>The constant's values.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The axis that has the width.</summary>
    public int Axis { get; }

    /// <summary>Finds the channels of a width along an axis of a constant; null when the axis has it more than once, or the values cannot be read.</summary>
    internal static ChannelSlices? Of(TensorProto constant, IReadOnlyList<Extent> axes, int axis, Width width)
    {
        if (axes[axis].Leaves().Count(leaf => leaf == width) != 1) return null;

        var values = TensorValues.Numbers(constant);
        var inner = constant.Dims.Skip(axis + 1).Aggregate(1, (product, size) => product * (int)size);
        return values.Count == 0 ? null : new ChannelSlices(values, axis, ChannelsAlong(axes[axis], width), inner, (int)width.Size);
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
        for (var outer = 0; outer < Values.Count; outer += _length * _inner)
            foreach (var along in _along[channel])
                for (var inner = 0; inner < _inner; inner++)
                    yield return outer + along * _inner + inner;
    }

    /// <summary>The values that belong to a channel, in order.</summary>
    internal IEnumerable<double> Of(int channel) => PositionsOf(channel).Select(position => Values[position]);

    private static int[] None(long size) => Enumerable.Repeat(-1, (int)size).ToArray();
}

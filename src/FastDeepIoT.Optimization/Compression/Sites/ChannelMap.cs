using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>Where the channels of a width lie along an axis.</summary>
internal static class ChannelMap
{
    /// <summary>For every position along the axis the channel of the width, or -1.</summary>
    internal static int[] Along(Extent axis, Width width) => axis switch
    {
        Width one => one == width ? [.. Enumerable.Range(0, (int)one.Size)] : None(one.Size),
        SumExtent sum => [.. sum.Terms.SelectMany(term => Along(term, width))],
        ProductExtent product => product.Factors.Select(factor => Along(factor, width))
            .Aggregate((outer, inner) => [.. outer.SelectMany(o => inner.Select(i => Math.Max(o, i)))]),
        _ => None(axis.Size),
    };

    /// <summary>For each channel of the width the columns of a site that read it.</summary>
    internal static int[][] Columns(ReaderSite site, Width width)
    {
        var columns = Enumerable.Range(0, (int)width.Size).Select(_ => new List<int>()).ToArray();
        var channels = Along(site.Columns, width);
        for (var position = 0; position < channels.Length; position++)
            if (channels[position] >= 0) columns[channels[position]].AddRange(Enumerable.Range(position * site.Kernel, site.Kernel));
        return [.. columns.Select(list => list.ToArray())];
    }

    private static int[] None(long size) => [.. Enumerable.Repeat(-1, (int)Math.Max(0, size))];
}

namespace FastDeepIoT.Optimization;

/// <summary>The sizes worth trying for a width: all close by, and farther away those at which the device model may jump.</summary>
internal sealed class WidthCandidates(DeviceSteps steps)
{
    // So many next sizes are all tried, whatever the device model says.
    private const long AllWithin = 16;

    // Beyond half again as much, the added work costs more than any step was seen to save.
    private const double LargestGrowth = 1.5;

    /// <summary>Sizes from the original one up, ascending.</summary>
    internal IReadOnlyList<long> For(long size)
    {
        var most = Most(size);
        var candidates = new SortedSet<long>();
        for (var near = size; near <= Math.Min(most, size + AllWithin); near++) candidates.Add(near);
        foreach (var block in steps.Blocks)
            for (var multiple = RoundUp(size, block); multiple <= most; multiple += block) candidates.Add(multiple);
        candidates.UnionWith(steps.Thresholds.Where(threshold => threshold > size && threshold <= most));
        return [.. candidates];
    }

    /// <summary>A size rounded up to a block, or itself where that is out of reach.</summary>
    internal long Rounded(long size, int block) => RoundUp(size, block) is var rounded && rounded <= Most(size) ? rounded : size;

    // A narrow width may well double or more to reach the smallest of the larger blocks.
    private long Most(long size) => Math.Max((long)(size * LargestGrowth), RoundUp(size, steps.Blocks.LastOrDefault(1)));

    private static long RoundUp(long size, int block) => (size + block - 1) / block * block;
}

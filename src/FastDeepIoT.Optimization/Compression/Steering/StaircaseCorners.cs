using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// The sizes of each group that are worth trying: where no larger one is as fast. Found by asking the device model at several widths of all
/// other groups, from those to start from down to a quarter of them.
/// </summary>
internal sealed class StaircaseCorners(WidthEstimate estimate, DeviceModel device, IReadOnlySet<int> narrowable)
{
    // So many evenly spaced sizes are tried, and besides those at which the device model may jump.
    private const long EvenSizes = 48;
    private const double SmallestStep = 1e-4;
    private static readonly double[] Contexts = [1, 0.75, 0.5, 0.25];

    private readonly IReadOnlyList<int> _blocks = DeviceSteps.Of(device).Blocks;
    private readonly WidthCandidates _widths = new(estimate, device);

    /// <summary>The sizes by group, ascending; those to start from are always among them.</summary>
    internal long[][] Find(IReadOnlyList<long> start, CancellationToken cancellation)
    {
        estimate.Set(start);
        var candidates = Enumerable.Range(0, start.Count).Select(group => Candidates(group, start[group])).ToArray();
        var corners = start.Select(size => new SortedSet<long> { size }).ToArray();
        foreach (var share in Contexts)
        {
            estimate.Set([.. start.Select((size, group) => narrowable.Contains(group) ? Math.Max(1, (long)(size * share)) : size)]);
            for (var group = 0; group < candidates.Length; group++)
            {
                cancellation.ThrowIfCancellationRequested();
                corners[group].UnionWith(Lower(group, candidates[group]));
            }
        }

        estimate.Set(start);
        return [.. corners.Select(sizes => sizes.ToArray())];
    }

    private IEnumerable<long> Lower(int group, long[] candidates)
    {
        var least = double.PositiveInfinity;
        foreach (var size in candidates.OrderDescending())
            if (estimate.NanosecondsAround(group, size) is var time && time < least * (1 - SmallestStep))
            {
                least = time;
                yield return size;
            }
    }

    private long[] Candidates(int index, long start)
    {
        var group = estimate.Groups[index];
        var sizes = new SortedSet<long>(_widths.Of(index)) { start };
        if (!narrowable.Contains(index)) return [.. sizes];

        var step = Math.Max(1, group.Size / EvenSizes);
        for (var size = step; size < group.Size; size += step) sizes.Add(size);
        foreach (var block in _blocks.Where(block => group.Size / block <= EvenSizes))
            for (var size = (long)block; size < group.Size; size += block) sizes.Add(size);
        return [.. sizes];
    }
}

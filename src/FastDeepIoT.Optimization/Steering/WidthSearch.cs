namespace FastDeepIoT.Optimization;

/// <summary>
/// Chooses the sizes of all width groups together so that the predicted time of the whole network is smallest. Layers share groups, and a
/// fast path often needs several groups at once, so the descent over one group after another starts from several points: the sizes
/// at hand, and all sizes rounded up to each block that the device model knows.
/// </summary>
internal sealed class WidthSearch(WidthEstimate estimate, WidthCandidates candidates, DeviceSteps steps, WeightMemory memory, SteeringOptions options)
{
    private const int MostPasses = 4;

    // Descents cost far more than looking at a start, and poor starts rarely end well.
    private const int StartsToDescend = 4;

    private readonly long[] _original = estimate.Groups.Select(group => group.Size).ToArray();
    private readonly IReadOnlyList<long>[] _candidates = estimate.Groups.Select(group => candidates.For(group.Size)).ToArray();

    /// <summary>The best sizes found, by group.</summary>
    internal IReadOnlyList<long> Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        var originalTime = TimeOf(_original);
        var limit = options.LargestGrowth * memory.Bytes(width => width.Size) + options.FreeGrowthBytes;
        var (best, bestTime) = (_original, originalTime);
        var starts = Starts().Where(start => Fits(start, limit)).OrderBy(TimeOf).Take(StartsToDescend).Append(_original).Distinct().ToList();
        for (var start = 0; start < starts.Count; start++)
        {
            var (end, time) = Descend(starts[start], limit, cancellation);
            if (time < bestTime) (best, bestTime) = (end, time);
            progress?.Report((start + 1.0) / starts.Count);
        }

        return DropIdle(best, originalTime, cancellation);
    }

    private IEnumerable<long[]> Starts() =>
        steps.Blocks.Select(block => _original.Select(size => candidates.Rounded(size, block)).ToArray()).DistinctBy(sizes => string.Join(' ', sizes));

    private double TimeOf(IReadOnlyList<long> sizes)
    {
        estimate.Set(sizes);
        return estimate.Nanoseconds;
    }

    private bool Fits(IReadOnlyList<long> sizes, double limit)
    {
        estimate.Set(sizes);
        return memory.Bytes(estimate.SizeOf) <= limit;
    }

    // One group after another takes the size at which the whole network is fastest, until none changes any more.
    private (long[] Sizes, double Time) Descend(long[] start, double limit, CancellationToken cancellation)
    {
        var time = TimeOf(start);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = time;
            for (var group = 0; group < _original.Length; group++)
            {
                cancellation.ThrowIfCancellationRequested();
                time = Improve(group, time, limit);
            }

            if (time >= before) break;
        }

        return ([.. estimate.Sizes], time);
    }

    private double Improve(int group, double time, double limit)
    {
        var best = estimate.Sizes[group];
        foreach (var size in _candidates[group])
        {
            if (size == best) continue;

            var before = estimate.Sizes[group];
            estimate.Set(group, size);
            var tried = estimate.Nanoseconds;
            if (tried < time && memory.Bytes(estimate.SizeOf) <= limit) (best, time) = (size, tried);
            estimate.Set(group, before);
        }

        estimate.Set(group, best);
        return time;
    }

    // A change whose loss would hardly be noticed is not made: least useful first, until every change that is left counts.
    private IReadOnlyList<long> DropIdle(long[] sizes, double originalTime, CancellationToken cancellation)
    {
        var time = TimeOf(sizes);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = Enumerable.Range(0, sizes.Length).Where(group => estimate.Sizes[group] != _original[group]).ToList();
            if (changed.Count == 0) return _original;

            var (without, group) = changed.Select(group => (Time: estimate.Try(group, _original[group]), group)).Min();
            if (without - time >= options.SmallestGroupGain * originalTime) break;

            estimate.Set(group, _original[group]);
            time = without;
        }

        return originalTime - time >= options.SmallestGain * originalTime ? [.. estimate.Sizes] : _original;
    }
}

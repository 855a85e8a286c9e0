using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Chooses the sizes of all width groups together so that the predicted time of the whole network is smallest. Layers share groups, and a
/// fast path often needs several groups at once, so the descent over one group after another starts from several points: the sizes
/// at hand, and all sizes rounded up to each block that the device model knows.
/// </summary>
internal sealed class WidthSearch(WidthEstimate estimate, DeviceModel device, WeightMemory memory, SteeringOptions options)
{
    private const int MostPasses = 4;

    // Descents cost far more than looking at a start, and poor starts rarely end well.
    private const int StartsToDescend = 4;

    // So many sizes are looked at closely: those whose layers are fastest by themselves.
    private const int SizesToTry = 4;

    private readonly long[] _original = estimate.Groups.Select(group => group.Size).ToArray();
    private readonly WidthCandidates _candidates = new(estimate, device);

    private readonly double _limit = options.LargestGrowth * memory.Bytes(width => width.Size) + options.FreeGrowthBytes;

    private long _bytes;

    /// <summary>The best sizes found, by group.</summary>
    internal IReadOnlyList<long> Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        estimate.Set(_original);
        var before = estimate.Prediction;
        var (best, bestTime) = (_original, before.Time.Nanoseconds);
        var starts = Starts();
        for (var start = 0; start < starts.Count; start++)
        {
            var (end, time) = Descend(starts[start], cancellation);
            if (time < bestTime) (best, bestTime) = (end, time);
            if (TimeAt(starts[start]) is var unchanged && unchanged < bestTime) (best, bestTime) = (starts[start], unchanged);
            progress?.Report((start + 1.0) / starts.Count);
        }

        estimate.Set(best);
        return Pays(before, cancellation) ? [.. estimate.Sizes] : _original;
    }

    private double TimeAt(IReadOnlyList<long> sizes)
    {
        estimate.Set(sizes);
        return estimate.Nanoseconds;
    }

    // Small gains add up to a sure one. Where they do not, those that are sure by themselves may.
    private bool Pays(NetworkPrediction before, CancellationToken cancellation)
    {
        var least = options.SmallestGroupGain * before.Time.Nanoseconds;
        DropSmall(least, mostInAll: options.SmallestGain * before.Time.Nanoseconds, cancellation);
        if (options.Pays(before, estimate.Prediction)) return true;

        new WorthwhileChanges(estimate, _original, gain => Math.Min(gain.Nanoseconds - least, gain.SureNanoseconds)).DropOthers(cancellation);
        return options.Pays(before, estimate.Prediction);
    }

    // A change is judged by what it saves around its group. Where the network as a whole only just fits into a cache, that is not all it saves: what is
    // left must not take longer by more than the changes taken back were worth, nor by what would be worth a change of the network.
    private void DropSmall(double least, double mostInAll, CancellationToken cancellation)
    {
        var (all, time) = (estimate.Sizes.ToArray(), estimate.Nanoseconds);
        new WorthwhileChanges(estimate, _original, gain => gain.Nanoseconds - least).DropOthers(cancellation);
        var dropped = all.Zip(estimate.Sizes).Count(pair => pair.First != pair.Second);
        if (estimate.Nanoseconds - time > Math.Min(dropped * least, mostInAll)) estimate.Set(all);
    }

    /// <summary>All sizes rounded up to each block that the device model knows, where the weights do not grow too much.</summary>
    internal IEnumerable<long[]> Roundings()
    {
        var seen = new HashSet<SizesKey>();
        foreach (var sizes in DeviceSteps.Of(device).Blocks.Select(Rounded))
            if (seen.Add(new SizesKey(sizes)) && memory.Bytes(estimate.SizesAt(sizes)) <= _limit) yield return sizes;
    }

    private List<long[]> Starts()
    {
        var starts = new List<(double Time, long[] Sizes)>();
        foreach (var sizes in Roundings()) starts.Add((TimeAt(sizes), sizes));

        return [.. starts.OrderBy(start => start.Time).Take(StartsToDescend).Select(start => start.Sizes).Where(sizes => !sizes.SequenceEqual(_original)), _original];
    }

    private long[] Rounded(int block) => _original.Select(size => WidthCandidates.RoundUp(size, block)).ToArray();

    // One group after another takes the size at which the network around it is fastest, until none changes any more. A group is looked at
    // again only when a group near it has changed.
    private (long[] Sizes, double Time) Descend(long[] start, CancellationToken cancellation)
    {
        estimate.Set(start);
        _bytes = memory.Bytes(estimate.SizeOf);
        var waiting = new SortedSet<int>(Enumerable.Range(0, _original.Length));
        for (var pass = 0; pass < MostPasses && waiting.Count > 0; pass++)
            foreach (var group in waiting.ToList())
            {
                cancellation.ThrowIfCancellationRequested();
                waiting.Remove(group);
                if (Improve(group)) waiting.UnionWith(estimate.Near(group).Where(near => near != group));
            }

        return ([.. estimate.Sizes], estimate.Nanoseconds);
    }

    private bool Improve(int group)
    {
        var (width, before) = (estimate.Groups[group].Width!, estimate.Sizes[group]);
        var others = _bytes - memory.BytesOf(width, estimate.SizeOf);
        var (best, least) = (before, estimate.NanosecondsAround(group));
        foreach (var size in Promising(group).Where(size => size != before))
        {
            estimate.Set(group, size);
            if (others + memory.BytesOf(width, estimate.SizeOf) > _limit) continue;
            if (estimate.NanosecondsAround(group) is var time && time < least) (best, least) = (size, time);
        }

        estimate.Set(group, best);
        _bytes = others + memory.BytesOf(width, estimate.SizeOf);
        return best != before;
    }

    private IEnumerable<long> Promising(int group) => _candidates.Of(group)
        .OrderBy(size => estimate.NanosecondsAlone(group, size)).Take(SizesToTry);
}

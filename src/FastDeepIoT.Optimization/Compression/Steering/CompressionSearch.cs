using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Finds the choices of widths that are worth it: for a price of divergence in time, all groups together take the widths at which predicted
/// time plus priced divergence is least. Falling prices give the whole trade-off.
/// </summary>
internal sealed class CompressionSearch(WidthEstimate estimate, DeviceModel device, IReadOnlyDictionary<WidthGroup, DivergenceCurve> curves)
{
    private const int MostPasses = 6;
    private const int Prices = 40;
    private const double SmallestStep = 1e-4;
    private const double HighestPrice = 1e4;
    private const double LowestPrice = 0.05;

    // So many evenly spaced sizes are tried, and besides those at which the device model may jump.
    private const long EvenSizes = 48;

    private readonly IReadOnlyList<int> _blocks = DeviceSteps.Of(device).Blocks;
    private readonly WidthCandidates _widths = new(estimate, device);
    private readonly double[][] _divergence = estimate.Groups.Select(group => Divergences(group, curves)).ToArray();

    /// <summary>The trade-off, from the most careful to the boldest choice.</summary>
    /// <param name="start">Widths to start from: the original's, or wider ones that are faster.</param>
    /// <param name="cancellation">Stops the search.</param>
    internal IReadOnlyList<CompressedSizes> Run(IReadOnlyList<long> start, CancellationToken cancellation)
    {
        estimate.Set(start);
        var time = estimate.Prediction.Time.Nanoseconds;
        var candidates = LowerCorners([.. estimate.Groups.Select((group, index) => Candidates(index, start[index]))], start);
        estimate.Set(start);
        var found = new List<CompressedSizes> { Now() };
        for (var step = 0; step < Prices; step++)
        {
            var price = time * HighestPrice * Math.Pow(LowestPrice / HighestPrice, step / (Prices - 1.0));
            Descend(price, candidates, cancellation);
            TakeFreeCapacity(candidates);
            found.Add(Now());
        }

        return Best(found);
    }

    // A size is worth trying where no larger one is as fast: at the widths to start from, or at half of these.
    private long[][] LowerCorners(long[][] candidates, IReadOnlyList<long> start)
    {
        var corners = candidates.Select((_, group) => new SortedSet<long> { start[group] }).ToArray();
        IReadOnlyList<long>[] contexts = [start, [.. start.Select((size, group) => curves.ContainsKey(estimate.Groups[group]) ? Math.Max(1, size / 2) : size)]];
        foreach (var context in contexts)
            for (var group = 0; group < candidates.Length; group++)
            {
                estimate.Set(context);
                var least = double.PositiveInfinity;
                foreach (var size in candidates[group].OrderDescending())
                    if (TimeAround(group, size) is var time && time < least * (1 - SmallestStep))
                    {
                        least = time;
                        corners[group].Add(size);
                    }
            }

        return [.. corners.Select(sizes => sizes.ToArray())];
    }

    private static List<CompressedSizes> Best(List<CompressedSizes> found)
    {
        var best = new List<CompressedSizes>();
        foreach (var choice in found.OrderBy(choice => choice.Divergence).ThenBy(choice => choice.Nanoseconds))
            if (best.Count == 0 || choice.Nanoseconds < best[^1].Nanoseconds) best.Add(choice);
        return best;
    }

    private CompressedSizes Now() => new([.. estimate.Sizes], estimate.Prediction.Time.Nanoseconds, estimate.Sizes.Select((size, group) => DivergenceOf(group, size)).Sum());

    private double DivergenceOf(int group, long size) => size >= _divergence[group].Length ? 0 : _divergence[group][size];

    private void Descend(double price, long[][] candidates, CancellationToken cancellation)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var changed = false;
            for (var group = 0; group < candidates.Length; group++)
            {
                cancellation.ThrowIfCancellationRequested();
                var best = candidates[group].Select(size => (Cost: TimeAround(group, size) + price * DivergenceOf(group, size), -size)).Min();
                changed |= estimate.Sizes[group] != -best.Item2;
                estimate.Set(group, -best.Item2);
            }

            if (!changed) return;
        }
    }

    // Any width that can grow without predicted time grows.
    private void TakeFreeCapacity(long[][] candidates)
    {
        for (var group = 0; group < candidates.Length; group++)
        {
            var (size, time) = (estimate.Sizes[group], estimate.NanosecondsAround(group));
            if (candidates[group].Where(larger => larger > size && larger <= estimate.Groups[group].Size).OrderDescending()
                .FirstOrDefault(larger => TimeAround(group, larger) <= time) is > 0 and var free) estimate.Set(group, free);
        }
    }

    // What the network takes with the group at another size, up to a part that is the same for all its sizes.
    private double TimeAround(int group, long size)
    {
        var before = estimate.Sizes[group];
        estimate.Set(group, size);
        var time = estimate.NanosecondsAround(group);
        estimate.Set(group, before);
        return time;
    }

    private long[] Candidates(int index, long start)
    {
        var group = estimate.Groups[index];
        var sizes = new SortedSet<long>(_widths.Of(index)) { start };
        if (!curves.ContainsKey(group)) return [.. sizes];

        var step = Math.Max(1, group.Size / EvenSizes);
        for (var size = step; size < group.Size; size += step) sizes.Add(size);
        foreach (var block in _blocks.Where(block => group.Size / block <= EvenSizes))
            for (var size = (long)block; size < group.Size; size += block) sizes.Add(size);
        return [.. sizes];
    }

    private static double[] Divergences(WidthGroup group, IReadOnlyDictionary<WidthGroup, DivergenceCurve> curves) =>
        curves.TryGetValue(group, out var curve) ? [.. Enumerable.Range(0, (int)group.Size).Select(size => size == 0 ? double.PositiveInfinity : curve.At(size))] : [];
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Finds the choices of widths that are worth it: for a price of divergence in time, all groups together take the widths at which predicted
/// time plus priced divergence is least. Falling prices lead along the whole trade-off; every choice looked at on the way, and every one
/// that differs from a best one in two neighbouring groups, is kept where none is better in both.
/// </summary>
/// <param name="estimate">Predicts the network at hypothetical widths.</param>
/// <param name="device">The device.</param>
/// <param name="corners">The sizes of each group worth trying, ascending.</param>
/// <param name="divergence">What a size of a group makes the outputs go off.</param>
internal sealed class CompressionSearch(WidthEstimate estimate, DeviceModel device, long[][] corners, Func<int, long, double> divergence)
{
    private const int MostPasses = 6;

    // Descents from other widths end near each other: fewer of them show whether one leads to a better place.
    private const int Prices = 40, PricesElsewhere = 10;
    private const double HighestPrice = 1e5;
    private const double LowestPrice = 0.05;

    private readonly TradeOff<long[]> _found = new();
    private readonly Dictionary<string, long[]> _best = [];
    private double _time;
    private double _divergence;

    /// <summary>The trade-off, from the most careful to the boldest choice.</summary>
    /// <param name="start">Widths to start from: the original's, or wider ones that are faster.</param>
    /// <param name="cancellation">Stops the search.</param>
    internal IReadOnlyList<(double Divergence, double Time, long[] Choice)> Run(IReadOnlyList<long> start, CancellationToken cancellation)
    {
        MoveTo(start);
        _found.Offer(_divergence, _time, Sizes);
        foreach (var (from, order) in Starts(start).Select((from, order) => (from, order))) Follow(from, order == 0 ? Prices : PricesElsewhere, cancellation);
        foreach (var sizes in _best.Values) Exchange(sizes, cancellation);
        return Exact();
    }

    // One descent from the widths at hand, and one from all widths cut down to each block the device model knows: a fast path may need several groups at once.
    private IEnumerable<IReadOnlyList<long>> Starts(IReadOnlyList<long> start) => DeviceSteps.Of(device).Blocks
        .Select(block => (IReadOnlyList<long>)[.. start.Select((size, group) => corners[group].Where(corner => corner % block == 0 && corner <= size).DefaultIfEmpty(size).Max())])
        .Prepend(start).DistinctBy(sizes => string.Join(' ', sizes));

    // Falling prices of divergence, and the widths that are best at each.
    private void Follow(IReadOnlyList<long> from, int prices, CancellationToken cancellation)
    {
        MoveTo(from);
        var highest = _time * HighestPrice;
        for (var step = 0; step < prices; step++)
        {
            Descend(highest * Math.Pow(LowestPrice / HighestPrice, step / (prices - 1.0)), cancellation);
            TakeFreeCapacity();
            _best.TryAdd(string.Join(' ', estimate.Sizes), Sizes());
        }
    }

    private void MoveTo(IReadOnlyList<long> sizes)
    {
        estimate.Set(sizes);
        _time = estimate.Nanoseconds;
        _divergence = sizes.Select((size, group) => divergence(group, size)).Sum();
    }

    private void Descend(double price, CancellationToken cancellation)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var changed = false;
            for (var group = 0; group < corners.Length; group++)
            {
                cancellation.ThrowIfCancellationRequested();
                changed |= Improve(group, price);
            }

            if (!changed) return;
        }
    }

    private bool Improve(int group, double price)
    {
        var (before, now) = (estimate.Sizes[group], estimate.NanosecondsAround(group));
        var (best, bestCost, bestTime) = (before, double.PositiveInfinity, 0.0);
        foreach (var size in corners[group].Reverse())
        {
            var (time, cost) = (estimate.NanosecondsAround(group, size) - now, divergence(group, size) - divergence(group, before));
            Offer(cost, time, group, size);
            if (time + price * cost is var sum && sum < bestCost) (best, bestCost, bestTime) = (size, sum, time);
        }

        if (best == before) return false;

        Take(group, best, bestTime);
        return true;
    }

    private void Take(int group, long size, double time)
    {
        _time += time;
        _divergence += divergence(group, size) - divergence(group, estimate.Sizes[group]);
        estimate.Set(group, size);
    }

    private void Offer(double cost, double time, int group, long size) => _found.Offer(_divergence + cost, _time + time, () =>
    {
        var sizes = Sizes();
        sizes[group] = size;
        return sizes;
    });

    // Any width that can grow without predicted time grows.
    private void TakeFreeCapacity()
    {
        for (var group = 0; group < corners.Length; group++)
        {
            var (size, time) = (estimate.Sizes[group], estimate.NanosecondsAround(group));
            if (corners[group].Where(larger => larger > size && larger <= estimate.Groups[group].Size).OrderDescending()
                .FirstOrDefault(larger => estimate.NanosecondsAround(group, larger) <= time) is > 0 and var free) Take(group, free, estimate.NanosecondsAround(group, free) - time);
        }

        _found.Offer(_divergence, _time, Sizes);
    }

    // Two groups that share layers take a step each; every pair is looked at once.
    private void Exchange(long[] sizes, CancellationToken cancellation)
    {
        MoveTo(sizes);
        for (var group = 0; group < sizes.Length; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = estimate.NanosecondsAround(group);
            foreach (var size in Neighbours(group))
            {
                var (time, cost) = (_time, _divergence);
                Take(group, size, estimate.NanosecondsAround(group, size) - before);
                foreach (var other in estimate.Near(group).Where(other => other > group || other < group && !estimate.Near(other).Contains(group)))
                {
                    var now = estimate.NanosecondsAround(other);
                    foreach (var step in Neighbours(other)) Offer(divergence(other, step) - divergence(other, estimate.Sizes[other]), estimate.NanosecondsAround(other, step) - now, other, step);
                }

                estimate.Set(group, sizes[group]);
                (_time, _divergence) = (time, cost);
            }
        }
    }

    private IEnumerable<long> Neighbours(int group)
    {
        var at = Array.IndexOf(corners[group], estimate.Sizes[group]);
        if (at > 0) yield return corners[group][at - 1];
        if (at >= 0 && at + 1 < corners[group].Length) yield return corners[group][at + 1];
    }

    private long[] Sizes() => [.. estimate.Sizes];

    // Times were added up from differences: the whole network is predicted once more at each choice that is left.
    private List<(double Divergence, double Time, long[] Choice)> Exact()
    {

        var exact = new TradeOff<long[]>();
        foreach (var (_, _, sizes) in _found.Choices)
        {
            MoveTo(sizes);
            exact.Offer(_divergence, _time, Sizes);
        }

        return [.. exact.Choices];
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Finds widths at which layers take longer than they would at a neighbouring width, according to a device model. It rather stays
/// silent than raises a false alarm: a claim has to hold in every situation the device model has seen, and its interval must
/// allow no other answer in any of them.
/// </summary>
public sealed class CliffFinder
{
    // Of two neighbours about equally fast, the nearer one is the better advice.
    internal const double AboutEqual = 1.05;

    // A step is at least this high.
    private const double LeastStep = 1.02;

    // How many neighbours are compared in every situation.
    private const int MostCompared = 3;
    private readonly ConcurrentDictionary<string, WidthGrid> _grids = new(StringComparer.Ordinal);

    /// <summary>Asks <paramref name="device"/> for times.</summary>
    public CliffFinder(DeviceModel device) => (Device, Network) = (device, TypicalNetwork.Of(device));

    /// <summary>The device model asked.</summary>
    public DeviceModel Device { get; }

    /// <summary>The load of the network that layers are judged as part of.</summary>
    public NetworkLoad Network { get; }

    /// <summary>The better neighbours of a width; null when there are none, or nothing is known.</summary>
    /// <param name="width">The width in elements.</param>
    /// <param name="situations">The layers concerned, in each situation that matters; the most telling situations first.</param>
    /// <param name="options">How far to look.</param>
    /// <param name="unit">Only multiples of this are possible widths (groups, attention heads).</param>
    public Cliff? Find(long width, IReadOnlyList<LayersOfWidth> situations, CliffOptions options, long unit = 1)
    {
        if (width <= 0 || GridOf(width, situations) is not { } grid) return null;

        var times = new WidthTimes(Device, Network, width, situations);
        var reach = options.ReachOf(width);
        var above = grid.Above(width, width + reach, unit);
        var wider = FindWider(times, above.Where(other => grid.SuitsBetter(other, width, unit)), options);
        var free = wider is null ? FindFree(times, width, unit, above, options) : null;
        if (wider is null && free is null) return null;

        var below = grid.Below(width, Math.Max(1, width - reach), unit);
        return new Cliff(width, wider, FindNarrower(times, width, below, options), free);
    }

    /// <summary>
    /// How many times as long the layers take at <paramref name="width"/> as at <paramref name="other"/>; null when unknown.
    /// </summary>
    public WidthComparison? Compare(long width, long other, IReadOnlyList<LayersOfWidth> situations) =>
        new WidthTimes(Device, Network, width, situations).CompareWith(other, least: 0);

    private static WidthComparison? FindWider(WidthTimes times, IEnumerable<long> above, CliffOptions options)
    {
        WidthComparison? best = null;
        foreach (var width in Promising(times, above, _ => 1))
        {
            if (times.CompareWith(width, least: 1) is not { } found || !Exceeds(found, 1, options.Threshold)) continue;
            if (best is null || found.Median.Expected > best.Median.Expected * AboutEqual) best = found;
        }

        return best;
    }

    private static WidthComparison? FindNarrower(WidthTimes times, long width, IEnumerable<long> below, CliffOptions options)
    {
        (WidthComparison Found, double Gain)? best = null;
        foreach (var narrower in Promising(times, below, other => (double)width / other))
        {
            var fair = (double)width / narrower;
            if (times.CompareWith(narrower, least: fair) is not { } found || !Exceeds(found, fair, options.Threshold)) continue;

            var gain = found.Median.Expected / fair;
            if (best is null || gain > best.Value.Gain * AboutEqual) best = (found, gain);
        }

        return best?.Found;
    }

    // A look at one situation sorts out nearly all widths and ranks the others; only the best are looked at in every situation.
    private static IEnumerable<long> Promising(WidthTimes times, IEnumerable<long> others, Func<long, double> fair)
    {
        var gains = others.Select(other => (Width: other, Gain: times.FirstRatio(other) / fair(other))).Where(other => other.Gain > 1).ToList();
        if (gains.Count <= MostCompared) return gains.Select(other => other.Width);

        var least = gains.Select(other => other.Gain).OrderByDescending(gain => gain).ElementAt(MostCompared - 1);
        return gains.Where(other => other.Gain >= least).Take(MostCompared).Select(other => other.Width);
    }

    // Capacity is free up to the end of a step. Where time grows evenly, however slowly, nothing is.
    private static WidthComparison? FindFree(WidthTimes times, long width, long unit, IEnumerable<long> above, CliffOptions options) =>
        above.Reverse()
            .TakeWhile(wider => wider >= width * (1 + options.LeastFreeCapacity))
            .Where(wider => times.FirstRatio(wider) >= 1 / (1 + options.FreeGrowth) && times.FirstRatio(wider + unit) < times.FirstRatio(wider) / LeastStep)
            .Select(wider => times.CompareWith(wider, least: 1 / (1 + options.FreeGrowth)))
            .FirstOrDefault(found => found is not null);

    private static bool Exceeds(WidthComparison found, double fair, double threshold) =>
        found.LowerQuartile > fair * (1 + threshold) && found.Low > fair;

    private WidthGrid? GridOf(long width, IReadOnlyList<LayersOfWidth> situations)
    {
        var layers = situations.Select(situation => situation(width)).FirstOrDefault(made => made.Count > 0);
        if (layers is null || !layers.All(layer => Device.Covers(layer.Kind))) return null;

        var kinds = layers.Select(layer => layer.Kind).Distinct();
        return WidthGrid.Join(kinds.Select(kind => _grids.GetOrAdd(kind, name => WidthGrid.Of(Device.Kinds[name]))).ToList());
    }
}

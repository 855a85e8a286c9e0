using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Finds sizes of an input at which a network takes longer than at a neighbouring size. A network does more work at a larger size, so
/// only what work does not explain is a cliff, and only where multiples of the device model make it, not the ends of its ranges.
/// </summary>
public sealed class SizeCliffFinder
{
    // Layers outside of what the device model saw may make up this part of a network, no more.
    private const double MostExtrapolated = 0.01;

    // Steps smaller than this are no cliff anybody would step off.
    private const double LeastStep = 1.02;
    private readonly DeviceModel _device;
    private readonly CliffOptions _options;
    private readonly IReadOnlyDictionary<long, NetworkPrediction> _times;
    private readonly List<long> _drops = [];
    private readonly List<long> _edges = [];

    /// <summary>Compares networks that differ in one size only.</summary>
    /// <param name="device">The device model that predicted them.</param>
    /// <param name="times">The predictions by size.</param>
    /// <param name="options">How far neighbours lie; the threshold is not applied here.</param>
    public SizeCliffFinder(DeviceModel device, IReadOnlyDictionary<long, NetworkPrediction> times, CliffOptions options)
    {
        (_device, _options) = (device, options);
        _times = times.Where(pair => IsKnown(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var size in _times.Keys.OrderBy(size => size))
        {
            if (!_times.TryGetValue(size + 1, out var next)) continue;

            var growth = next.Time.Nanoseconds / _times[size].Time.Nanoseconds;
            if (growth < 1) _drops.Add(size + 1);
            if (growth > LeastStep) _edges.Add(size);
        }
    }

    /// <summary>The sizes on a cliff, ascending.</summary>
    public IReadOnlyList<SizeCliff> Find() => [.. _times.Keys.OrderBy(size => size).Select(CliffAt).OfType<SizeCliff>()];

    private SizeCliff? CliffAt(long size)
    {
        var reach = _options.ReachOf(size);
        var larger = Best(size, _drops.Where(other => other > size && other <= size + reach));
        var smaller = Best(size, _edges.Where(other => other < size && other >= size - reach).Reverse());
        return larger is null && smaller is null ? null : new SizeCliff(size, larger, smaller);
    }

    // Of two neighbours about equally good, the nearer one is the better advice.
    private SizeComparison? Best(long size, IEnumerable<long> others)
    {
        SizeComparison? best = null;
        foreach (var found in others.Select(other => Compare(size, other)).OfType<SizeComparison>())
            if (best is null || found.Excess > best.Excess * CliffFinder.AboutEqual) best = found;
        return best;
    }

    private SizeComparison? Compare(long size, long other)
    {
        var (slow, fast) = (_times[size].Layers, _times[other].Layers);
        if (slow.Count != fast.Count) return null;

        var (explained, layers) = (_device.RunOverheadNanoseconds, new List<LayerPrediction>(slow.Count));
        for (var i = 0; i < slow.Count; i++)
        {
            var fair = fast[i].Time.Nanoseconds * WorkRatio(slow[i].Layer, fast[i].Layer, larger: size > other);
            layers.Add(RangeAgreement.Agree(_device, slow[i], fast[i]) ? slow[i] : AtMost(slow[i], fair));
            explained += fair;
        }

        var ratio = TimeRatio.Of(Sum(layers), Sum(fast));
        var excess = (layers.Sum(layer => layer.Time.Nanoseconds) + _device.RunOverheadNanoseconds) / explained;
        return excess > LeastStep && ratio.Low * excess / ratio.Expected > 1
            ? new SizeComparison(other, ratio.Expected, excess, ratio.Uncertainty)
            : null;
    }

    // Work never excuses being slower at the smaller of two sizes.
    private static double WorkRatio(Layer slow, Layer fast, bool larger)
    {
        if (!larger || slow.Kind != fast.Kind) return 1;

        var most = 1.0;
        for (var i = 0; i < slow.ValueArray.Length; i++)
            if (fast.ValueArray[i] > 0) most = Math.Max(most, slow.ValueArray[i] / fast.ValueArray[i]);
        return most;
    }

    private static LayerPrediction AtMost(LayerPrediction layer, double nanoseconds)
    {
        var scale = layer.Time.Nanoseconds > nanoseconds ? nanoseconds / layer.Time.Nanoseconds : 1;
        var time = layer.Time;
        return layer with { Time = new(time.Nanoseconds * scale, time.LowNanoseconds * scale, time.HighNanoseconds * scale) };
    }

    private Prediction Sum(IReadOnlyList<LayerPrediction> layers)
    {
        var sum = WidthTimes.Sum(layers);
        var overhead = _device.RunOverheadNanoseconds;
        return new(sum.Nanoseconds + overhead, sum.LowNanoseconds + overhead, sum.HighNanoseconds + overhead);
    }

    private static bool IsKnown(NetworkPrediction prediction) =>
        prediction.Unmodelled.Count == 0 && prediction.Time.Nanoseconds > 0
        && prediction.Layers.Where(layer => layer.Extrapolates).Sum(layer => layer.Time.Nanoseconds) <= MostExtrapolated * prediction.Time.Nanoseconds;
}

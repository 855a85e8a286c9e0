using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>Compares the time at one width with the time at others, over situations; what extrapolates does not count.</summary>
internal sealed class WidthTimes
{
    private const int EnoughSituations = 3;

    // For so many situations alike, one may be run in another way.
    private const int AlikeForOneOther = 4;
    private readonly DeviceModel _device;
    private readonly IReadOnlyList<LayersOfWidth> _situations;
    private readonly long _width;
    private readonly NetworkLoad _network;
    private readonly Dictionary<long, Times> _times = [];

    internal WidthTimes(DeviceModel device, NetworkLoad network, long width, IReadOnlyList<LayersOfWidth> situations) =>
        (_device, _network, _width, _situations) = (device, network, width, situations);

    /// <summary>
    /// How many times as long as at <paramref name="other"/> in the first situation in which both are known; 0 when there is none.
    /// </summary>
    internal double FirstRatio(long other)
    {
        for (var i = 0; i < _situations.Count; i++)
            if (TimesAt(_width, i) is { } slow && TimesAt(other, i) is { } fast) return slow.Sum.Nanoseconds / fast.Sum.Nanoseconds;
        return 0;
    }

    /// <summary>
    /// How many times as long as at <paramref name="other"/>; null where the ratio is below <paramref name="least"/> in any
    /// situation, or too few situations are known. A few situations at the edge of what was seen, in which the device model has layers run
    /// in another layout, do not count; there the other width only must not cost more than it is wider.
    /// </summary>
    internal WidthComparison? CompareWith(long other, double least)
    {
        var (usual, unusual) = (new List<TimeRatio>(), new List<TimeRatio>());
        (SituationTimes Slow, SituationTimes Fast)? first = null;
        var leastUnusual = Math.Min(least, (double)_width / other / CliffFinder.AboutEqual);
        for (var i = 0; i < _situations.Count; i++)
        {
            if (TimesAt(_width, i) is not { } slow || TimesAt(other, i) is not { } fast) continue;

            first ??= (slow, fast);
            var isUsual = slow.IsPlacedAs(first.Value.Slow) && fast.IsPlacedAs(first.Value.Fast);
            var ratio = TimeRatio.OfNeighbours(slow.Sum, fast.Sum, _device.OwnErrorOfNeighbours);
            if (ratio.Expected < (isUsual ? least : leastUnusual)) return null;
            if (RangeAgreement.Agree(_device, slow.Layers, fast.Layers)) (isUsual ? usual : unusual).Add(ratio);
        }

        return unusual.Count * AlikeForOneOther <= usual.Count ? Summary(other, usual)
            : unusual.All(ratio => ratio.Expected >= least) ? Summary(other, [.. usual, .. unusual])
            : null;
    }

    private WidthComparison? Summary(long other, List<TimeRatio> ratios)
    {
        if (ratios.Count == 0 || ratios.Count < Math.Min(EnoughSituations, _situations.Count)) return null;

        ratios.Sort((left, right) => left.Expected.CompareTo(right.Expected));
        var last = ratios.Count - 1;
        return new WidthComparison(other, ratios[last / 2], ratios[last / 4].Expected, ratios[0].Expected, ratios[last].Expected);
    }

    // Most widths are found to be fine in the first situation; the others are then never asked for.
    private SituationTimes? TimesAt(long width, int situation)
    {
        if (!_times.TryGetValue(width, out var times)) _times.Add(width, times = new Times(_situations.Count));
        if (times.IsAsked[situation]) return times.Known[situation];

        times.IsAsked[situation] = true;
        return times.Known[situation] = Predict(_situations[situation](width));
    }

    private SituationTimes? Predict(IReadOnlyList<Layer> layers)
    {
        if (layers.Count == 0) return null;

        var network = new NetworkLoad(
            Math.Max(_network.Bytes, layers.Sum(layer => layer.WeightBytes)), Math.Max(_network.Macs, layers.Sum(layer => layer.Macs)));
        var predictions = new LayerPrediction[layers.Count];
        var known = layers.Count > 1 ? new Dictionary<Layer, LayerPrediction>() : null;
        for (var i = 0; i < layers.Count; i++)
        {
            if (known is not null && known.TryGetValue(layers[i], out predictions[i])) continue;
            if (_device.Predict(layers[i], network) is not { Extrapolates: false, Time.LowNanoseconds: > 0 } prediction) return null;

            predictions[i] = prediction;
            known?.Add(layers[i], prediction);
        }

        return new SituationTimes(predictions, Sum(predictions));
    }

    // Errors of layers partly cancel in a sum: their spreads add up as independent ones do.
    internal static Prediction Sum(IReadOnlyList<LayerPrediction> layers)
    {
        double time = 0, below = 0, above = 0;
        foreach (var layer in layers)
        {
            time += layer.Time.Nanoseconds;
            below += Square(layer.Time.Nanoseconds - layer.Time.LowNanoseconds);
            above += Square(layer.Time.HighNanoseconds - layer.Time.Nanoseconds);
        }

        return new Prediction(time, time - Math.Sqrt(below), time + Math.Sqrt(above));
    }

    private static double Square(double value) => value * value;

    private sealed record SituationTimes(IReadOnlyList<LayerPrediction> Layers, Prediction Sum)
    {
        internal bool IsPlacedAs(SituationTimes other) =>
            Layers.Count == other.Layers.Count && Layers.Zip(other.Layers, (one, another) => one.Placement == another.Placement).All(same => same);
    }

    private sealed class Times(int situations)
    {
        internal bool[] IsAsked { get; } = new bool[situations];

        internal SituationTimes?[] Known { get; } = new SituationTimes?[situations];
    }
}

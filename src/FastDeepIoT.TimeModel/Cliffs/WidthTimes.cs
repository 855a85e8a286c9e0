using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>Compares the time at one width with the time at others, over situations; what extrapolates does not count.</summary>
internal sealed class WidthTimes
{
    private const int EnoughSituations = 3;
    private readonly DeviceModel _device;
    private readonly IReadOnlyList<LayersOfWidth> _situations;
    private readonly long _width;
    private readonly double _networkBytes;
    private readonly IReadOnlyList<LayerPrediction>?[] _times;
    private int _known;

    internal WidthTimes(DeviceModel device, double networkBytes, long width, IReadOnlyList<LayersOfWidth> situations)
    {
        (_device, _networkBytes, _width, _situations) = (device, networkBytes, width, situations);
        _times = new IReadOnlyList<LayerPrediction>?[situations.Count];
    }

    /// <summary>
    /// How many times as long as at <paramref name="other"/>; null where the ratio is below <paramref name="least"/> in any
    /// situation, or too few situations are known.
    /// </summary>
    internal WidthComparison? CompareWith(long other, double least)
    {
        var ratios = new List<TimeRatio>();
        for (var i = 0; i < _situations.Count; i++)
        {
            if (TimesIn(i) is not { } slow || Predict(_situations[i](other)) is not { } fast) continue;

            var ratio = TimeRatio.Of(Sum(slow), Sum(fast));
            if (ratio.Expected < least) return null;
            if (RangeAgreement.Agree(_device, slow, fast)) ratios.Add(ratio);
        }

        if (ratios.Count == 0 || ratios.Count < Math.Min(EnoughSituations, _situations.Count)) return null;

        ratios.Sort((left, right) => left.Expected.CompareTo(right.Expected));
        var last = ratios.Count - 1;
        return new WidthComparison(other, ratios[last / 2], ratios[last / 4], ratios[0].Expected, ratios[last].Expected);
    }

    // Most widths are found to be fine in the first situation; the others are then never asked for.
    private IReadOnlyList<LayerPrediction>? TimesIn(int situation)
    {
        for (; _known <= situation; _known++) _times[_known] = Predict(_situations[_known](_width));
        return _times[situation];
    }

    private IReadOnlyList<LayerPrediction>? Predict(IReadOnlyList<Layer> layers)
    {
        var networkBytes = Math.Max(_networkBytes, layers.Sum(layer => layer.WeightBytes));
        var predictions = new LayerPrediction[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            if (_device.Predict(layers[i], networkBytes) is not { Extrapolates: false, Time.LowNanoseconds: > 0 } prediction) return null;
            predictions[i] = prediction;
        }

        return layers.Count > 0 ? predictions : null;
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
}

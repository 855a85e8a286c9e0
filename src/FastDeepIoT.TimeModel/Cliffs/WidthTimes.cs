using System;
using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>Compares the time at one width with the time at others, over situations; what extrapolates does not count.</summary>
internal sealed class WidthTimes
{
    private const int EnoughSituations = 3;
    private readonly DeviceModel _device;
    private readonly IReadOnlyList<LayersOfWidth> _situations;
    private readonly long _width;
    private readonly Prediction?[] _times;
    private int _known;

    internal WidthTimes(DeviceModel device, long width, IReadOnlyList<LayersOfWidth> situations)
    {
        (_device, _width, _situations) = (device, width, situations);
        _times = new Prediction?[situations.Count];
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
            if (TimeIn(i) is not { } slow || Predict(_situations[i](other)) is not { } fast) continue;

            var ratio = TimeRatio.Of(slow, fast);
            if (ratio.Expected < least) return null;
            ratios.Add(ratio);
        }

        if (ratios.Count == 0 || ratios.Count < Math.Min(EnoughSituations, _situations.Count)) return null;

        ratios.Sort((left, right) => left.Expected.CompareTo(right.Expected));
        var last = ratios.Count - 1;
        return new WidthComparison(other, ratios[last / 2], ratios[last / 4], ratios[0].Expected, ratios[last].Expected);
    }

    // Most widths are found to be fine in the first situation; the others are then never asked for.
    private Prediction? TimeIn(int situation)
    {
        for (; _known <= situation; _known++) _times[_known] = Predict(_situations[_known](_width));
        return _times[situation];
    }

    // Errors of layers partly cancel in a sum: their spreads add up as independent ones do.
    private Prediction? Predict(IReadOnlyList<Layer> layers)
    {
        double time = 0, below = 0, above = 0;
        foreach (var layer in layers)
        {
            if (_device.Predict(layer) is not { Extrapolates: false } prediction || prediction.Time.Nanoseconds <= 0) return null;

            var part = prediction.Time;
            time += part.Nanoseconds;
            below += Square(part.Nanoseconds - part.LowNanoseconds);
            above += Square(part.HighNanoseconds - part.Nanoseconds);
        }

        var low = time - Math.Sqrt(below);
        return low > 0 ? new Prediction(time, low, time + Math.Sqrt(above)) : null;
    }

    private static double Square(double value) => value * value;
}

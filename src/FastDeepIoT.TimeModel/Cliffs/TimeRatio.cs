using System;

namespace FastDeepIoT.TimeModel;

/// <summary>How many times as long one thing takes as another, with a 95% interval.</summary>
public readonly record struct TimeRatio(double Expected, double Low, double High)
{
    // Predictions carry 80% intervals; a claim about two of them should nearly always hold. Both quantiles are those of a normal
    // distribution of the logarithm.
    private const double Widening = 1.960 / 1.282;

    /// <summary>The larger half-width of the interval, as a fraction of the ratio.</summary>
    public double Uncertainty => Math.Max(1 - (Low / Expected), (High / Expected) - 1);

    /// <summary>
    /// The ratio of two predicted times. Their errors count as independent, which is careful: neighbouring widths share most of
    /// them.
    /// </summary>
    public static TimeRatio Of(Prediction slow, Prediction fast)
    {
        var expected = slow.Nanoseconds / fast.Nanoseconds;
        var below = Spread(slow.Nanoseconds / slow.LowNanoseconds, fast.HighNanoseconds / fast.Nanoseconds);
        var above = Spread(slow.HighNanoseconds / slow.Nanoseconds, fast.Nanoseconds / fast.LowNanoseconds);
        return new TimeRatio(expected, expected / below, expected * above);
    }

    private static double Spread(double left, double right) =>
        Math.Exp(Widening * Math.Sqrt(Square(Math.Log(left)) + Square(Math.Log(right))));

    private static double Square(double value) => value * value;
}

using System;

namespace FastDeepIoT.TimeModel;

/// <summary>How many times as long one thing takes as another, with a 95% interval.</summary>
public readonly record struct TimeRatio(double Expected, double Low, double High)
{
    // Predictions carry 80% intervals; a claim about two of them should nearly always hold. Both quantiles are those of a normal
    // distribution of the logarithm.
    private const double Widening = 1.960 / 1.282;

    // Neighbouring widths share most of their error: what is missing in the approximation of one is missing in that of the other. How much of
    // the spread is each one's own was measured on pairs of networks that differ in one width (docs/benchmarks/pairs-1-thread.md).
    private const double OwnShare = 0.5;

    /// <summary>The larger half-width of the interval, as a fraction of the ratio.</summary>
    public double Uncertainty => Math.Max(1 - (Low / Expected), (High / Expected) - 1);

    /// <summary>The ratio of two predicted times whose errors have nothing in common.</summary>
    public static TimeRatio Of(Prediction slow, Prediction fast) => Of(slow, fast, Widening);

    /// <summary>The ratio of the predicted times of layers that differ in one width, approximated alike.</summary>
    public static TimeRatio OfNeighbours(Prediction slow, Prediction fast) => Of(slow, fast, Widening * OwnShare);

    private static TimeRatio Of(Prediction slow, Prediction fast, double widening)
    {
        var expected = slow.Nanoseconds / fast.Nanoseconds;
        var below = Spread(slow.Nanoseconds / slow.LowNanoseconds, fast.HighNanoseconds / fast.Nanoseconds, widening);
        var above = Spread(slow.HighNanoseconds / slow.Nanoseconds, fast.Nanoseconds / fast.LowNanoseconds, widening);
        return new TimeRatio(expected, expected / below, expected * above);
    }

    private static double Spread(double left, double right, double widening) =>
        Math.Exp(widening * Math.Sqrt(Square(Math.Log(left)) + Square(Math.Log(right))));

    private static double Square(double value) => value * value;
}

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

    /// <summary>The ratio of two predicted times whose errors have nothing in common.</summary>
    public static TimeRatio Of(Prediction slow, Prediction fast) => Of(slow, fast, Widening);

    /// <summary>
    /// The ratio of the predicted times of layers that differ in one width, approximated alike. Only as much time as both take has errors in
    /// common: what one takes beyond the other is a way of running of its own.
    /// </summary>
    /// <param name="slow">The one time.</param>
    /// <param name="fast">The other time.</param>
    /// <param name="ownError">
    /// The share of their errors that neighbours which take about as long do not have in common: <see cref="DeviceModel.OwnErrorOfNeighbours"/>.
    /// </param>
    public static TimeRatio OfNeighbours(Prediction slow, Prediction fast, double ownError)
    {
        var inBoth = Math.Min(slow.Nanoseconds, fast.Nanoseconds) / Math.Max(slow.Nanoseconds, fast.Nanoseconds);
        return Of(slow, fast, Widening * (1 - ((1 - ownError) * inBoth)));
    }

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

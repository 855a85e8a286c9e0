namespace FastDeepIoT.TimeModel;

/// <summary>A predicted time with an 80% interval, in nanoseconds.</summary>
/// <param name="Nanoseconds">The expected time.</param>
/// <param name="LowNanoseconds">One run in ten is expected to be faster.</param>
/// <param name="HighNanoseconds">One run in ten is expected to be slower.</param>
public readonly record struct Prediction(double Nanoseconds, double LowNanoseconds, double HighNanoseconds)
{
    /// <summary>The expected time in milliseconds.</summary>
    public double Milliseconds => Nanoseconds / 1e6;

    /// <summary>The lower end in milliseconds.</summary>
    public double LowMilliseconds => LowNanoseconds / 1e6;

    /// <summary>The upper end in milliseconds.</summary>
    public double HighMilliseconds => HighNanoseconds / 1e6;
}

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>Robust statistics.</summary>
public static class Quantile
{
    /// <summary>The value below which this share of the values lies, interpolated.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0) return double.NaN;

        var at = share * (sorted.Count - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Count ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <summary>The lower quartile: what a run takes when nothing else disturbs it, without trusting a single lucky one.</summary>
    public static double Low(IEnumerable<double> values) => Of(values, 0.25);
}

using System.Globalization;

namespace FastDeepIoT.Optimization;

/// <summary>Drops of quality in words.</summary>
public static class DropText
{
    /// <summary>A drop with what it was judged on and its sampling error.</summary>
    public static string Of(Drop drop) => drop.Measure switch
    {
        DropMeasure.Accuracy => $"{Points(drop.Fraction)} points of accuracy ({Percent(drop.Before)} to {Percent(drop.After)}, {Error(drop)})",
        DropMeasure.Agreement => $"{Points(drop.Fraction)} points of agreement with the original ({Error(drop)})",
        _ => $"{Percent(drop.Fraction)} relative output error ({Error(drop)})",
    };

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Error(Drop drop)
    {
        var samples = drop.Samples.ToString(CultureInfo.InvariantCulture);
        return drop.OnDrawn
            ? $"on {samples} random samples, for want of data: what it costs in accuracy, nobody knows"
            : $"on {samples} samples used for nothing else; on others like them at most {Points(drop.UpperBound)} with 95% confidence";
    }

    private static string Points(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>Numbers for people: invariant, and as many digits as mean something.</summary>
internal static class Number
{
    /// <summary>Three significant digits, never in exponents.</summary>
    internal static string Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);

        var rounded = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(rounded)));
        var decimals = Math.Clamp(2 - magnitude, 0, 15);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Three significant digits without zeros at the end.</summary>
    internal static string Short(double value) => Significant(value) is var text && text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;

    /// <summary>Milliseconds with three decimals, for columns.</summary>
    internal static string Milliseconds(double nanoseconds) => (nanoseconds / 1e6).ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage with one decimal.</summary>
    internal static string Percent(double fraction) => (fraction * 100).ToString("F1", CultureInfo.InvariantCulture) + "%";

    /// <summary>A whole number or a fraction as it is.</summary>
    internal static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun.</summary>
    internal static string Count(int count, string noun) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}

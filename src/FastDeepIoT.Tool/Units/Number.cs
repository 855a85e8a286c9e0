using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>Numbers for people: invariant, and as many digits as mean something.</summary>
internal static class Number
{
    /// <summary>A number without zeros at the end of its decimals.</summary>
    internal static string Trim(string number) => number.Contains('.') ? number.TrimEnd('0').TrimEnd('.') : number;

    /// <summary>A fraction as a percentage with one decimal.</summary>
    internal static string Percent(double fraction) => (fraction * 100).ToString("F1", CultureInfo.InvariantCulture) + "%";

    /// <summary>A number with so many decimals.</summary>
    internal static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A tiny number with two digits, as 3.1E-07.</summary>
    internal static string Exponent(double value) => value == 0 ? "0" : value.ToString("0.0E+00", CultureInfo.InvariantCulture);

    /// <summary>A whole number or a fraction as it is.</summary>
    internal static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun.</summary>
    internal static string Count(int count, string noun) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}

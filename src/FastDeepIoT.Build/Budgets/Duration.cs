using System.Globalization;

namespace FastDeepIoT.Build.Budgets;

/// <summary>How times read: three significant digits, in milliseconds.</summary>
internal static class Duration
{
    internal static string Format(double milliseconds) => milliseconds.ToString(Pattern(milliseconds), CultureInfo.InvariantCulture) + " ms";

    private static string Pattern(double milliseconds) => milliseconds switch
    {
        >= 100 => "0",
        >= 10 => "0.0",
        >= 1 => "0.00",
        >= 0.1 => "0.000",
        _ => "0.0000",
    };
}

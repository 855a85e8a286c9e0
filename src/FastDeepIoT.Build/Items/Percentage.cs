using System;
using System.Globalization;

namespace FastDeepIoT.Build.Items;

/// <summary>A share as people write it: <c>0.5%</c>.</summary>
internal static class Percentage
{
    internal const string Expected = "a percentage with its sign, for instance 0.5%";

    /// <summary>The share as a fraction, or null for anything that is not <see cref="Expected"/>.</summary>
    internal static double? TryParse(string text)
    {
        var trimmed = text.Trim();
        return trimmed.EndsWith("%", StringComparison.Ordinal)
            && double.TryParse(trimmed.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && !double.IsInfinity(percent)
            ? percent / 100
            : null;
    }
}

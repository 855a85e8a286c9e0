using System;
using System.Globalization;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Budgets;

/// <summary>A time a model may take for one run, as it is written in a project file: <c>12ms</c>, <c>800 us</c>, <c>1.5s</c>.</summary>
internal readonly record struct LatencyBudget(double Nanoseconds)
{
    internal const string Expected = "a time above zero with its unit, for instance 12ms, 800us or 1.5s";

    private static readonly (string Unit, double Nanoseconds)[] Units =
        [("ns", 1), ("us", 1e3), ("\u00b5s", 1e3), ("\u03bcs", 1e3), ("ms", 1e6), ("s", 1e9)];

    /// <summary>Null for anything that is not <see cref="Expected"/>.</summary>
    internal static LatencyBudget? TryParse(string text)
    {
        var trimmed = text.Trim();
        var unit = Units.FirstOrDefault(candidate => trimmed.EndsWith(candidate.Unit, StringComparison.Ordinal));
        if (unit.Unit is null) return null;

        var number = trimmed.Substring(0, trimmed.Length - unit.Unit.Length);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > 0 && !double.IsInfinity(value)
            ? new LatencyBudget(value * unit.Nanoseconds)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => LatencyText.Of(Nanoseconds);
}

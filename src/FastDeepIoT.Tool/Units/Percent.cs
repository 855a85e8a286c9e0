using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>A share as people write it: <c>5%</c>, <c>0.5%</c>.</summary>
internal readonly record struct Percent(double Fraction)
{
    /// <summary>What a readable value looks like, for messages.</summary>
    internal const string Examples = "5% or 0.5%";

    /// <summary>Reads a percentage that is not negative; the sign is required, so that nobody mistakes 5 for 500%.</summary>
    internal static bool TryParse(string text, out Percent percent)
    {
        text = text.Trim();
        percent = default;
        if (!text.EndsWith('%')
            || !double.TryParse(text[..^1].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)) return false;

        percent = new Percent(number / 100);
        return true;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => Number.Plain(Fraction * 100) + "%";
}

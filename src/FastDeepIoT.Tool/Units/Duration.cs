using System.Globalization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A span of time as people write it: <c>850us</c>, <c>12ms</c>, <c>1.5s</c>, <c>15m</c>.</summary>
internal readonly record struct Duration(double Nanoseconds)
{
    private static readonly (string Name, double Nanoseconds)[] Units =
        [("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

    /// <summary>What a readable value looks like, for messages.</summary>
    internal const string Examples = "12ms, 850us or 1.5s";

    /// <summary>The duration in milliseconds.</summary>
    internal double Milliseconds => Nanoseconds / 1e6;

    /// <summary>The duration as the clock of the framework counts it.</summary>
    internal TimeSpan TimeSpan => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>Reads a positive duration; the unit is required, so that nobody mistakes milliseconds for seconds.</summary>
    internal static bool TryParse(string text, out Duration duration)
    {
        text = text.Trim();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Array.Find(Units, unit => unit.Name == text[digits..].TrimStart());
        duration = default;
        if (unit.Name is null
            || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number <= 0) return false;

        duration = new Duration(number * unit.Nanoseconds);
        return duration.Milliseconds < TimeSpan.MaxValue.TotalMilliseconds;
    }

    /// <summary>As <see cref="LatencyText.Of(double)"/>.</summary>
    public override string ToString() => Text(Nanoseconds);

    /// <summary>As <see cref="LatencyText.Of(double)"/>.</summary>
    internal static string Text(double nanoseconds) => LatencyText.Of(nanoseconds);

    /// <summary>As <see cref="Text"/>, without zeros at the end: for round numbers and coefficients.</summary>
    internal static string Short(double nanoseconds)
    {
        var parts = Text(nanoseconds).Split(' ');
        return $"{Number.Trim(parts[0])} {parts[1]}";
    }
}

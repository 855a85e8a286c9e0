using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A span of time as people write it: <c>850us</c>, <c>12ms</c>, <c>1.5s</c>, <c>15m</c>.</summary>
internal readonly record struct Duration(double Nanoseconds)
{
    /// <summary>What a readable value looks like, for messages.</summary>
    internal const string Examples = LatencyText.Examples;

    /// <summary>The duration in milliseconds.</summary>
    internal double Milliseconds => Nanoseconds / 1e6;

    /// <summary>The duration as the clock of the framework counts it.</summary>
    internal TimeSpan TimeSpan => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>Reads a positive duration; the unit is required, so that nobody mistakes milliseconds for seconds.</summary>
    internal static bool TryParse(string text, out Duration duration)
    {
        duration = new Duration(LatencyText.Parse(text) ?? 0);
        return duration.Nanoseconds > 0 && duration.Milliseconds < TimeSpan.MaxValue.TotalMilliseconds;
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

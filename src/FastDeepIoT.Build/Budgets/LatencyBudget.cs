using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Budgets;

/// <summary>A time a model may take for one run, as it is written in a project file: <c>12ms</c>, <c>800 us</c>, <c>1.5s</c>.</summary>
internal readonly record struct LatencyBudget(double Nanoseconds)
{
    internal const string Expected = "a time above zero with its unit, for instance " + LatencyText.Examples;

    /// <summary>Null for anything that is not <see cref="Expected"/>.</summary>
    internal static LatencyBudget? TryParse(string text) => LatencyText.Parse(text) is { } time ? new LatencyBudget(time) : null;

    /// <inheritdoc/>
    public override string ToString() => LatencyText.Of(Nanoseconds);
}

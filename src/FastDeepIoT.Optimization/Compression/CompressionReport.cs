using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>What compression found.</summary>
/// <param name="MaxDrop">How much accuracy it was allowed to cost, as a fraction.</param>
/// <param name="FitSamples">Samples that importance and repair were computed from.</param>
/// <param name="ChoiceSamples">Further samples that widths were chosen by.</param>
/// <param name="Frontier">Choices of widths that were tried, the most careful first.</param>
/// <param name="Judged">The drop of what is delivered, on data used for nothing else; null when nothing is delivered.</param>
/// <param name="Looks">How often the judging data were looked at: the more often, the less a good result among them says.</param>
public sealed record CompressionReport(
    double MaxDrop, int FitSamples, int ChoiceSamples, IReadOnlyList<FrontierPoint> Frontier, Drop? Judged, int Looks)
{
    /// <summary>Why nothing is delivered, with how far it got; null when something is.</summary>
    public string? Missed { get; init; }

    /// <summary>The nodes that the delivered model does without.</summary>
    public IReadOnlyList<string> LeftOut => Frontier.FirstOrDefault(point => point.IsDelivered)?.Removed ?? [];

    /// <summary>The same, when nothing is delivered after all.</summary>
    public CompressionReport TakenBack() => this with { Judged = null, Frontier = [.. Frontier.Select(point => point with { IsDelivered = false })] };
}

/// <summary>One point of the trade-off.</summary>
/// <param name="Nanoseconds">Predicted time.</param>
/// <param name="Drop">What it costs on the data that widths are chosen by.</param>
/// <param name="Sizes">The widths of what stays, by group.</param>
/// <param name="IsDelivered">Whether it is the one delivered.</param>
public sealed record FrontierPoint(double Nanoseconds, Drop Drop, IReadOnlyList<long> Sizes, bool IsDelivered)
{
    /// <summary>The nodes that are left out.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The model, where the whole trade-off was asked for; otherwise null.</summary>
    public ModelProto? Model { get; init; }

    /// <summary>Measured time of a run; null when nobody measured.</summary>
    public double? MeasuredNanoseconds { get; init; }
}

/// <summary>What became of a model.</summary>
/// <param name="Result">The model with its prediction; the original when nothing is delivered.</param>
/// <param name="Report">What compression found.</param>
public sealed record CompressionResult(OptimizationResult Result, CompressionReport Report);

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What became of a model.</summary>
/// <param name="Model">The faster model, or null when the original is left as it is.</param>
/// <param name="Report">What was changed and why, and what was left alone.</param>
/// <param name="Network">The network of the result, or of the original when it is left as it is.</param>
/// <param name="Prediction">Its predicted time, layer by layer.</param>
public sealed record OptimizationResult(ModelProto? Model, ExactReport Report, Network Network, NetworkPrediction Prediction)
{
    /// <summary>What was changed, which can also be changed in part; null when nothing was.</summary>
    public ExactRewrite? Rewrite { get; init; }

    /// <summary>
    /// Other choices of widths, found when they are asked for: all widths rounded up to each block that the device model knows. They are predicted
    /// to be slower; where the device model is wrong, timing tells.
    /// </summary>
    public IEnumerable<ExactRewrite> Alternatives { get; init; } = [];

    /// <summary>Only what most callers ask for.</summary>
    public void Deconstruct(out ModelProto? model, out ExactReport report) => (model, report) = (Model, Report);
}

/// <summary>What was changed and why, and what was left alone.</summary>
/// <param name="Before">Predicted time of the original.</param>
/// <param name="After">Predicted time of the result; as before when nothing changed.</param>
public sealed record ExactReport(Prediction Before, Prediction After)
{
    /// <summary>The width groups, in the order their first node runs.</summary>
    public required IReadOnlyList<WidthOutcome> Widths { get; init; }

    /// <summary>Layers and layout changes with their predicted times, in running order of the original.</summary>
    public required IReadOnlyList<LayerOutcome> Layers { get; init; }

    /// <summary>Operators the device model has no time for, each named once.</summary>
    public required IReadOnlyList<string> Unmodelled { get; init; }

    /// <summary>Bytes of weights in the original.</summary>
    public required long WeightBytesBefore { get; init; }

    /// <summary>Bytes of weights in the result.</summary>
    public required long WeightBytesAfter { get; init; }

    /// <summary>How the result was compared with the original; null when there was nothing to compare.</summary>
    public VerificationResult? Verification { get; init; }

    /// <summary>Why the original is left as it is; null when it was changed.</summary>
    public string? Unchanged { get; init; }

    /// <summary>What to tell the user: a rewrite that was undone.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The same report when the original is used after all.</summary>
    /// <param name="why">Why the changes were taken back.</param>
    public ExactReport TakenBack(string why) => this with
    {
        After = Before,
        Widths = [.. Widths.Select(width => width.Kept is null ? width with { After = width.Before, GainNanoseconds = 0, Kept = why, Removed = RemovedChannels.None } : width)],
        Layers = [.. Layers.Where(layer => layer.BeforeNanoseconds is not null).Select(layer => layer with { AfterNanoseconds = layer.BeforeNanoseconds })],
        WeightBytesAfter = WeightBytesBefore,
        Unchanged = why,
    };
}

/// <summary>What became of a width group.</summary>
/// <param name="Nodes">The nodes whose weights have the width, in running order.</param>
/// <param name="Before">Channels before.</param>
/// <param name="After">Channels after.</param>
/// <param name="GainNanoseconds">Predicted time that would be lost if only this padding were taken back; 0 when there is none.</param>
/// <param name="Kept">Why it was kept as it is; null when it changed.</param>
public sealed record WidthOutcome(IReadOnlyList<string> Nodes, long Before, long After, double GainNanoseconds, string? Kept)
{
    /// <summary>Channels removed because they were not needed, before the width was padded.</summary>
    public RemovedChannels Removed { get; init; } = RemovedChannels.None;
}

/// <summary>How many channels of a width were not needed.</summary>
/// <param name="Idle">Those that added nothing to any output.</param>
/// <param name="Constant">Those that always had the same value: their readers' biases, or another constant channel, add it now.</param>
/// <param name="Equal">Those that were equal to another channel, whose weights add their share now.</param>
public sealed record RemovedChannels(int Idle, int Constant, int Equal)
{
    /// <summary>No channels.</summary>
    public static RemovedChannels None { get; } = new(0, 0, 0);

    /// <summary>How many they are together.</summary>
    public int Count => Idle + Constant + Equal;
}

/// <summary>The predicted time of a layer, or of a layout change, before and after; null where there is none.</summary>
public sealed record LayerOutcome(string Name, string Kind, double? BeforeNanoseconds, double? AfterNanoseconds);

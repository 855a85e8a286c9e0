using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What became of a model: the result, and what to tell about it.</summary>
/// <param name="Source">The model as it was read.</param>
/// <param name="Result">The faster model; null when the original is left as it is.</param>
/// <param name="Report">What was changed and why, and what was left alone; null when nothing was to be changed.</param>
/// <param name="Delivered">The prediction of what is delivered.</param>
internal sealed record OptimizedModel(ModelProto Source, ModelProto? Result, ExactReport? Report, PredictedModel Delivered)
{
    /// <summary>What exact mode found, parts of which may be taken back; null in other modes.</summary>
    internal OptimizationResult? Exact { get; init; }

    /// <summary>How long both took when they were timed; null when they were not.</summary>
    internal MeasuredGain? Measured { get; init; }

    /// <summary>What compression found; null when nothing was to be lost.</summary>
    internal CompressionReport? Compression { get; init; }

    /// <summary>Whether compression missed its gate, so that nothing may be written.</summary>
    internal bool MissedGate => Compression?.Missed is not null;

    /// <summary>Whether a faster model is delivered.</summary>
    internal bool IsFaster => Result is not null;

    /// <summary>The predicted time of the original.</summary>
    internal Prediction Before => Report?.Before ?? Delivered.Prediction.Time;

    /// <summary>The predicted time of what is delivered.</summary>
    internal Prediction After => Delivered.Prediction.Time;

    /// <summary>What the user should know. Compression weighed every width, so that it gives no advice to pad one.</summary>
    internal IEnumerable<Finding> Findings => Delivered.Findings
        .Append(CheckMessages.Unmodelled(Delivered))
        .Append(Compression is null ? CheckMessages.OnCliff(Delivered) : null)
        .OfType<Finding>()
        .Concat(Report?.Findings ?? [])
        .Concat(Measured?.Findings ?? []);
}

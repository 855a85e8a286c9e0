using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>How a model is made faster without changing what it computes.</summary>
public sealed record ExactOptions
{
    /// <summary>Sizes for the dimensions the model leaves open; the rewritten model works for all of them.</summary>
    public FreeDimensions FreeDimensions { get; init; } = FreeDimensions.None;

    /// <summary>What a change must be worth, and may cost.</summary>
    public SteeringOptions Steering { get; init; } = new();

    /// <summary>
    /// Bytes of weights up to which those in other files are taken into memory. What is larger stays there, and only the widths that change are read.
    /// </summary>
    public long LargestEmbedded { get; init; } = ExternalData.LargestModel;

    /// <summary>How the rewritten model is compared with the original.</summary>
    public VerificationOptions Verification { get; init; } = new();
}

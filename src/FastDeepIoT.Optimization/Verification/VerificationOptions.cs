using FastDeepIoT.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>How two models are compared.</summary>
public sealed record VerificationOptions
{
    /// <summary>Largest difference allowed, relative to the largest magnitude of an output.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// Where an output differs by more than the tolerance, how many times the original's own rounding noise is allowed: an output of tiny
    /// numbers behind a sigmoid, say, is coarse by itself.
    /// </summary>
    public double NoiseFactor { get; init; } = 4;

    /// <summary>Largest difference allowed whatever the noise.</summary>
    public double LargestTolerance { get; init; } = 5e-2;

    /// <summary>Standard deviations of the random inputs; each is one run.</summary>
    public IReadOnlyList<float> InputScales { get; init; } = [1, 0.05f, 4];

    /// <summary>Where the random inputs start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The optimization level users run models at.</summary>
    public GraphOptimizationLevel Level { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Sizes for dimensions a model leaves open.</summary>
    public FreeDimensions FreeDimensions { get; init; } = FreeDimensions.None;
}

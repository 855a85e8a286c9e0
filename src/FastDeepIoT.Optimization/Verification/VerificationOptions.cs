using FastDeepIoT.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>How two models are compared.</summary>
public sealed record VerificationOptions
{
    /// <summary>
    /// The difference that is never questioned, relative to the largest magnitude of the part of the output it is in: the rounding of a few
    /// operations on 32-bit numbers. A part is a slice across any axis, such as one channel, one row or one class.
    /// </summary>
    public double Tolerance { get; init; } = 5e-7;

    /// <summary>
    /// How many times the model's own rounding noise in a part of an output a difference there may be. The noise is measured where a
    /// difference exceeds the tolerance (<see cref="VerificationResult.Noise"/>).
    /// </summary>
    public double NoiseFactor { get; init; } = 8;

    /// <summary>Largest difference allowed whatever the noise, relative to the largest magnitude of the output.</summary>
    public double LargestTolerance { get; init; } = 5e-2;

    /// <summary>Standard deviations of normally distributed inputs; each is one run.</summary>
    public IReadOnlyList<float> InputScales { get; init; } = [1, 0.05f, 4];

    /// <summary>Whether inputs at the edges are tried too: zeros, ranges of images, single peaks, large and tiny numbers, large integers.</summary>
    public bool EdgeInputs { get; init; } = true;

    /// <summary>Whether models with free dimensions are also run at other sizes of them, where the original runs at those.</summary>
    public bool OtherSizes { get; init; } = true;

    /// <summary>Inputs as they occur, which are tried first; null for none.</summary>
    public CalibrationSamples? Samples { get; init; }

    /// <summary>Where the random inputs start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The optimization level users run models at.</summary>
    public GraphOptimizationLevel Level { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Sizes for dimensions a model leaves open.</summary>
    public FreeDimensions FreeDimensions { get; init; } = FreeDimensions.None;

    /// <summary>Shapes of the original's tensors, where they were inferred before; null when they were not.</summary>
    internal TensorShapes? Shapes { get; init; }

    /// <summary>The longest that one inference may take; a model that takes longer is not compared.</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that all of it may take; a model that takes longer is not compared.</summary>
    public TimeSpan LongestComparison { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The share of the machine's memory that all comparisons of a process may take together.</summary>
    public double MemoryShare { get; init; } = 0.7;

    /// <summary>Bytes that running a model may take beside its weights; a model that needs more is not compared.</summary>
    public double MostBytes { get; init; } = 4e9;
}

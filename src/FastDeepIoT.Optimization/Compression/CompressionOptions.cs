using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>How a model is compressed.</summary>
public sealed record CompressionOptions
{
    /// <summary>How much accuracy it may cost, as a fraction, judged on data used for nothing else.</summary>
    public double MaxDrop { get; init; } = 0.005;

    /// <summary>Predicted nanoseconds it has to reach; null: as fast as the drop allows.</summary>
    public double? BudgetNanoseconds { get; init; }

    /// <summary>Sizes for the dimensions the model leaves open.</summary>
    public FreeDimensions FreeDimensions { get; init; } = FreeDimensions.None;

    /// <summary>What a change must be worth, and may cost.</summary>
    public SteeringOptions Steering { get; init; } = new();

    /// <summary>Where the split of the data starts.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Bytes of activations that may be held while weights are fitted, roughly: weights of a network with large activations are fitted to fewer
    /// samples.
    /// </summary>
    public long MostActivationBytes { get; init; } = 1L << 30;

    /// <summary>Whether the whole trade-off is judged, not only what the gate needs.</summary>
    public bool WholeFrontier { get; init; }

    /// <summary>Whether widths that are only summed may be given other channels first.</summary>
    internal bool MayTurnChannels { get; init; } = true;

    /// <summary>Whether layers may be left out altogether.</summary>
    internal bool MayShorten { get; init; } = true;
}

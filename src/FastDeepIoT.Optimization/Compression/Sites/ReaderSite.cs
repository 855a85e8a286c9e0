using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>How the columns of a reader's weight matrix lie in its input.</summary>
internal enum FeatureKind
{
    /// <summary>Windows of a convolution: [samples, channels, positions...].</summary>
    Windows,

    /// <summary>The last axis; all others count rows.</summary>
    LastAxis,

    /// <summary>The state before each step: [steps, directions, batch, hidden].</summary>
    States,
}

/// <summary>
/// A place where a width is summed over with constant weights: outputs = W * features + bias. What is lost there when channels go, least
/// squares can give back.
/// </summary>
internal sealed record ReaderSite
{
    /// <summary>Index of the node in the original model.</summary>
    public required int Node { get; init; }

    /// <summary>The first output of the node, which names it in every rewritten model.</summary>
    public required string Key { get; init; }

    /// <summary>The tensor the features are taken from.</summary>
    public required string Input { get; init; }

    /// <summary>How they lie in it.</summary>
    public required FeatureKind Kind { get; init; }

    /// <summary>Position of the weights among the node's inputs.</summary>
    public required int WeightInput { get; init; }

    /// <summary>Position of the bias among the node's inputs; -1 when the node can have none.</summary>
    public required int BiasInput { get; init; }

    /// <summary>The direction of a recurrent layer whose states are read.</summary>
    public int Direction { get; init; }

    /// <summary>Elements of the weights' kernel: columns a channel has.</summary>
    public required int Kernel { get; init; }

    /// <summary>The kernel of a convolution, position axes only; empty for all else.</summary>
    public IReadOnlyList<int> KernelShape { get; init; } = [];

    /// <summary>Whether rows of the weight matrix lie along the second axis.</summary>
    public bool Transposed { get; init; }

    /// <summary>Channels that each output sums over alone, as in a depthwise convolution, rather than over all.</summary>
    public bool Depthwise { get; init; }

    /// <summary>The axis summed over, in widths.</summary>
    public required Extent Columns { get; init; }

    /// <summary>The axis of the outputs, in widths.</summary>
    public required Extent Rows { get; init; }

    /// <summary>The node as it was.</summary>
    public required NodeProto Source { get; init; }

    /// <summary>Features a row of outputs is computed from.</summary>
    public int Features => (int)Columns.Size * Kernel;

    /// <inheritdoc/>
    public override string ToString() => $"{Source.OpType} {Key} of {Features} features";
}

using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>The shape of a convolution; sizes of axes in elements, spatial axes outermost first.</summary>
public sealed record ConvolutionShape
{
    /// <summary>Channels read, over all groups.</summary>
    public required long InputChannels { get; init; }

    /// <summary>Channels written, over all groups.</summary>
    public required long OutputChannels { get; init; }

    /// <summary>Sizes of the spatial axes of the input, one to three.</summary>
    public required IReadOnlyList<long> InputSize { get; init; }

    /// <summary>Sizes of the spatial axes of the output.</summary>
    public required IReadOnlyList<long> OutputSize { get; init; }

    /// <summary>Sizes of the kernel along the spatial axes.</summary>
    public required IReadOnlyList<long> Kernel { get; init; }

    /// <summary>Strides; empty means 1 everywhere.</summary>
    public IReadOnlyList<long> Strides { get; init; } = [];

    /// <summary>Dilations; empty means 1 everywhere.</summary>
    public IReadOnlyList<long> Dilations { get; init; } = [];

    /// <summary>Items in the batch.</summary>
    public long Batch { get; init; } = 1;

    /// <summary>Groups; the input channels for a depthwise convolution.</summary>
    public long Groups { get; init; } = 1;

    /// <summary>True when the output is larger than the input (ONNX ConvTranspose).</summary>
    public bool Transposed { get; init; }

    /// <summary>What the runtime applies to the result as part of this layer.</summary>
    public Activation Activation { get; init; }
}

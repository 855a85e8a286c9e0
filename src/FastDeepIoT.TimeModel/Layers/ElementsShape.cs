namespace FastDeepIoT.TimeModel;

/// <summary>What describes a layer that visits elements; counts of elements unless named otherwise.</summary>
public sealed record ElementsShape
{
    /// <summary>Elements of the largest input.</summary>
    public required double InputElements { get; init; }

    /// <summary>Elements of all outputs.</summary>
    public required double OutputElements { get; init; }

    /// <summary>Elements of all other inputs together.</summary>
    public double OtherElements { get; init; }

    /// <summary>Number of inputs, constants included.</summary>
    public double Inputs { get; init; } = 1;

    /// <summary>Channels: the size of axis 1, or of the last axis of a matrix.</summary>
    public double Channels { get; init; } = 1;

    /// <summary>The largest integer that divides the channels of every input.</summary>
    public double ChannelsDivisor { get; init; } = 1;

    /// <summary>Length of the axis worked along (softmax, reduction, concat, gather).</summary>
    public double Axis { get; init; } = 1;

    /// <summary>Contiguous elements behind that axis.</summary>
    public double Inner { get; init; } = 1;

    /// <summary>Slices before that axis.</summary>
    public double Outer { get; init; } = 1;

    /// <summary>Elements of the window (pooling).</summary>
    public double Kernel { get; init; } = 1;

    /// <summary>Product of the window's strides.</summary>
    public double Stride { get; init; } = 1;

    /// <summary>Bytes of one element.</summary>
    public double ElementBytes { get; init; } = 4;

    /// <summary>Size of the last axis.</summary>
    public double Width { get; init; } = 1;
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>A tensor of a network under construction.</summary>
internal sealed record Tensor(string Name, params long[] Shape)
{
    /// <summary>Size of axis 1: channels of an image or a signal.</summary>
    internal long Channels => Shape[1];

    /// <summary>Size of the last axis: features of a sequence or a vector.</summary>
    internal long Features => Shape[^1];

    /// <summary>Sizes of the axes behind the channels.</summary>
    internal long[] Spatial => Shape[2..];
}

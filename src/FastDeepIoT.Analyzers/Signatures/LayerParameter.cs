namespace FastDeepIoT.Analyzers;

/// <summary>What a parameter means to a layer, whatever a library calls it. Names in layer descriptions are these, in camel case.</summary>
internal enum LayerParameter
{
    /// <summary>Channels or features read.</summary>
    Inputs,

    /// <summary>Channels or features written.</summary>
    Outputs,

    /// <summary>Size of the kernel: one number for all axes, or one an axis.</summary>
    Kernel,

    /// <summary>Strides, likewise.</summary>
    Stride,

    /// <summary>Padding on each side, likewise; or a word or member for as much as keeps the size, or for none.</summary>
    Padding,

    /// <summary>Whether a convolution pads as much as keeps the size.</summary>
    KeepsSize,

    /// <summary>Dilations, likewise.</summary>
    Dilation,

    /// <summary>What a transposed convolution adds on one side of its output, likewise.</summary>
    OutputPadding,

    /// <summary>Groups of channels that do not see each other.</summary>
    Groups,

    /// <summary>What padding is filled with.</summary>
    PaddingMode,

    /// <summary>The state of a recurrent layer.</summary>
    Hidden,

    /// <summary>Recurrent layers stacked.</summary>
    Layers,

    /// <summary>Whether a recurrent layer runs in both directions.</summary>
    Bidirectional,

    /// <summary>Features of every token of an attention layer.</summary>
    Embedding,

    /// <summary>Attention heads.</summary>
    Heads,

    /// <summary>Features of keys, when other than the embedding's.</summary>
    Keys,

    /// <summary>Features of values, when other than the embedding's.</summary>
    Values,

    /// <summary>Features between the two linear layers of a transformer layer.</summary>
    FeedForward,

    /// <summary>Encoder layers of a transformer.</summary>
    Encoders,

    /// <summary>Decoder layers of a transformer.</summary>
    Decoders,

    /// <summary>Features of the second input of a bilinear layer.</summary>
    OtherInputs,

    /// <summary>Rows of an embedding table.</summary>
    Items,
}

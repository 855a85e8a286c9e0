namespace FastDeepIoT.Analyzers;

/// <summary>What a width is to its layer.</summary>
internal enum WidthRole
{
    /// <summary>Channels or features read.</summary>
    Inputs,

    /// <summary>Channels or features written.</summary>
    Outputs,

    /// <summary>Channels of a depthwise convolution, which reads and writes each by itself.</summary>
    Channels,

    /// <summary>Features of the second input of a bilinear layer.</summary>
    OtherInputs,

    /// <summary>The state of a recurrent layer.</summary>
    Hidden,

    /// <summary>The features of every token of an attention layer.</summary>
    Embedding,

    /// <summary>The features between the two linear layers inside a transformer layer.</summary>
    FeedForward,
}

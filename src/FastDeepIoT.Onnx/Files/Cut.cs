namespace FastDeepIoT.Onnx;

/// <summary>Weights in a file that are left out when the rest is read.</summary>
/// <param name="Offset">Where they start.</param>
/// <param name="Bytes">How long they are.</param>
internal readonly record struct Cut(long Offset, int Bytes)
{
    /// <summary>Bytes of what stands in the place of weights that are left out.</summary>
    internal const int MarkBytes = 20;
}

/// <summary>The length of a part of a file, and where it is written.</summary>
/// <param name="Offset">Where the number stands.</param>
/// <param name="Width">How many bytes the number takes.</param>
/// <param name="Value">The length.</param>
internal readonly record struct CutLength(long Offset, int Width, long Value);

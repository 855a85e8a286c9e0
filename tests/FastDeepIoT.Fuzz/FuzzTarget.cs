namespace FastDeepIoT.Fuzz;

/// <summary>Something that reads what strangers wrote.</summary>
/// <param name="Mutate">Makes one input.</param>
/// <param name="Read">Reads it; refuses what is broken with an <see cref="TimeModel.InputException"/>.</param>
internal sealed record FuzzTarget(Func<Random, byte[]> Mutate, Action<byte[]> Read)
{
    /// <summary>Managed memory that reading an input may take in all, however small the input is.</summary>
    internal long AlwaysAllowedBytes { get; init; } = 64 << 20;

    /// <summary>Whether native code reads too: then what counts is the most memory that the process held, not what was allocated in all.</summary>
    internal bool IsNative { get; init; }
}

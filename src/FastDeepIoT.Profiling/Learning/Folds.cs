namespace FastDeepIoT.Profiling.Learning;

/// <summary>Splits samples so that those of one network stay together: layers of one network resemble each other.</summary>
internal static class Folds
{
    internal const int Count = 4;

    /// <summary>The fold of a network, fixed for all time.</summary>
    internal static int Of(int network) => (int)((uint)network * 2654435761u >> 16) % Count;
}

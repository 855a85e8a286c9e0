using FastDeepIoT.Profiling.Probes;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Splits samples so that those of one network and of its twins stay together: their layers resemble each other.</summary>
internal static class Folds
{
    internal const int Count = 4;

    /// <summary>The fold of a network, fixed for all time.</summary>
    internal static int Of(int network) => (int)((uint)Probe.Origin(network) * 2654435761u >> 16) % Count;
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>A layer and how long it took among its neighbours, instrumentation taken off.</summary>
/// <param name="Network">The probe it is from.</param>
/// <param name="NetworkNanoseconds">Time of the whole probe.</param>
/// <param name="Layer">The layer as it ran in the probe.</param>
/// <param name="Placement">How it ran.</param>
/// <param name="Nanoseconds">Its own time.</param>
internal sealed record TimedLayer(int Network, double NetworkNanoseconds, Layer Layer, Placement Placement, double Nanoseconds)
{
    // Below this share of its network a layer's time says more about what the network left in the caches than about the layer.
    private const double Noticeable = 0.01;

    /// <summary>Whether the network spends enough on this layer for its own time to matter.</summary>
    internal bool Matters => Nanoseconds > Noticeable * NetworkNanoseconds;
}

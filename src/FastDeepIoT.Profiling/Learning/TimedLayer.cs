using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>A layer and how long it took among its neighbours, instrumentation taken off.</summary>
internal sealed record TimedLayer(int Network, Layer Layer, Placement Placement, double Nanoseconds);

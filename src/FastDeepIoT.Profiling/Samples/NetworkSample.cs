using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>A measured layout change of a tensor.</summary>
public sealed record ChangeSample(int Tensor, bool ToInternal, double Nanoseconds);

/// <summary>
/// One probe network, measured: how long a run took without instrumentation, how the runtime placed each layer and how long each took
/// with instrumentation on. How layers are placed needs no clock: of a network that was only looked at all times are 0.
/// </summary>
public sealed record NetworkSample
{
    /// <summary>Which probe it is.</summary>
    public required int Seed { get; init; }

    /// <summary>Which of the measurements of this probe it is, the first being 1: probes are measured again later, in a session of its own.</summary>
    public int Visit { get; init; } = 1;

    /// <summary>Its layers and tensors.</summary>
    public required Network Network { get; init; }

    /// <summary>Lower quartile of the time of a whole run, not instrumented; 0 when it was only looked at.</summary>
    public required double TotalNanoseconds { get; init; }

    /// <summary>Whether it was timed, and not only looked at.</summary>
    public bool IsTimed => TotalNanoseconds > 0;

    /// <summary>How each layer ran, in the network's order.</summary>
    public required IReadOnlyList<Placement> Placements { get; init; }

    /// <summary>How long each layer took, instrumented; 0 for absorbed ones.</summary>
    public required IReadOnlyList<double> Nanoseconds { get; init; }

    /// <summary>The layout changes between layers, instrumented.</summary>
    public required IReadOnlyList<ChangeSample> Changes { get; init; }

    /// <summary>Instrumented nodes: each adds the same small time to its own.</summary>
    public int Nodes => Nanoseconds.Count(time => time > 0) + Changes.Count;

    /// <summary>The sum over all instrumented nodes.</summary>
    public double NodeNanoseconds => Nanoseconds.Sum() + Changes.Sum(change => change.Nanoseconds);
}

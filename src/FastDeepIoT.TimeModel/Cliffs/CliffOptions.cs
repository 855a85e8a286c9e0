using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// The layers whose shapes follow from a width, in one situation such as one input size; empty when that width cannot be built.
/// </summary>
public delegate IReadOnlyList<Layer> LayersOfWidth(long width);

/// <summary>How far cliffs are searched for, and what counts as one.</summary>
public sealed record CliffOptions
{
    /// <summary>A cliff is reported when another width is faster by more than this fraction.</summary>
    public double Threshold { get; init; } = 0.10;

    /// <summary>Neighbours are widths within this fraction of the width.</summary>
    public double Reach { get; init; } = 0.25;

    /// <summary>Narrow layers are compared with neighbours up to this many elements away.</summary>
    public long LeastReach { get; init; } = 5;

    /// <summary>A wider layer costs no more when its time grows by at most this fraction.</summary>
    public double FreeGrowth { get; init; } = 0.01;

    /// <summary>Capacity is worth taking when the width grows by at least this fraction.</summary>
    public double LeastFreeCapacity { get; init; } = 0.05;

    /// <summary>How many elements away from a width its neighbours lie.</summary>
    internal long ReachOf(long width) => System.Math.Max(LeastReach, (long)(width * Reach));
}

using System;

namespace FastDeepIoT.TimeModel;

/// <summary>A feature rounded up to a multiple of a block: the staircase of a device that works in blocks.</summary>
public sealed record Rounding(string Feature, int FeatureIndex, int Block)
{
    /// <summary>The value rounded up.</summary>
    public double Apply(double value) => Math.Ceiling(value / Block) * Block;
}

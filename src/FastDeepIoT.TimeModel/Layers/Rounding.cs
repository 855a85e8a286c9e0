using System;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// What a device that works in blocks makes of a feature: rounded up to a whole number of blocks, the staircase; or what is left over
/// after whole blocks, which it works through piece by piece.
/// </summary>
/// <param name="Feature">The feature.</param>
/// <param name="FeatureIndex">Its position among the family's descriptors.</param>
/// <param name="Block">The block, in units of the feature.</param>
/// <param name="LeftOver">True for what is left over after whole blocks, false for the feature rounded up.</param>
public sealed record Rounding(string Feature, int FeatureIndex, int Block, bool LeftOver = false)
{
    /// <summary>The feature in whole blocks, or what is left over.</summary>
    public double Apply(double value) => LeftOver ? value % Block : Math.Ceiling(value / Block) * Block;
}

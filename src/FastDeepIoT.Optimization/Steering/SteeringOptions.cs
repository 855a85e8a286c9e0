namespace FastDeepIoT.Optimization;

/// <summary>What a choice of widths must be worth, and may cost.</summary>
public sealed record SteeringOptions
{
    /// <summary>Smallest predicted gain of all changes together, as a fraction of the whole network's time.</summary>
    public double SmallestGain { get; init; } = 0.01;

    /// <summary>Smallest predicted gain of one group, as a fraction of the whole network's time.</summary>
    public double SmallestGroupGain { get; init; } = 0.001;

    /// <summary>How large the weights may become, as a multiple of what they were.</summary>
    public double LargestGrowth { get; init; } = 1.5;

    /// <summary>Bytes the weights may grow by in any case.</summary>
    public long FreeGrowthBytes { get; init; } = 1 << 20;
}

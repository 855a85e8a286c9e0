using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What a choice of widths must be worth, and may cost.</summary>
public sealed record SteeringOptions
{
    /// <summary>
    /// Smallest predicted gain of all changes together, as a fraction of the whole network's time: less would hardly be told from noise.
    /// </summary>
    public double SmallestGain { get; init; } = 0.03;

    /// <summary>Smallest predicted gain of one group, as a fraction of the whole network's time.</summary>
    public double SmallestGroupGain { get; init; } = 0.001;

    /// <summary>How large the weights may become, as a multiple of what they were.</summary>
    public double LargestGrowth { get; init; } = 1.5;

    /// <summary>Bytes the weights may grow by in any case.</summary>
    public long FreeGrowthBytes { get; init; } = 1 << 20;

    /// <summary>Whether a change is predicted to be worth it, and not only by the device model's error.</summary>
    internal bool Pays(NetworkPrediction before, NetworkPrediction after)
    {
        var gain = PredictedGain.Of(before, after);
        return gain.SureNanoseconds > 0 && gain.Nanoseconds >= SmallestGain * before.Time.Nanoseconds;
    }
}

using FastDeepIoT.Optimization;

namespace FastDeepIoT.Tool;

/// <summary>What compress mode is asked for.</summary>
/// <param name="Data">Path of the calibration data; null when there are none.</param>
internal sealed record CalibrationRequest(string? Data)
{
    /// <summary>What it may cost when nobody says.</summary>
    internal static Percent UsualDrop { get; } = new(0.005);

    /// <summary>Path of other data to judge by; null for a part of the first.</summary>
    internal string? Judging { get; init; }

    /// <summary>Accuracy it may cost.</summary>
    internal Percent MaxDrop { get; init; } = UsualDrop;

    /// <summary>Predicted time it has to reach; null for as fast as the drop allows.</summary>
    internal Duration? Budget { get; init; }

    /// <summary>How values become inputs.</summary>
    internal Preprocessing Preprocessing { get; init; } = Preprocessing.None;

    /// <summary>Where the split of the data starts.</summary>
    internal int Seed { get; init; } = 1;

    /// <summary>Whether the whole trade-off is wanted.</summary>
    internal bool WholeFrontier { get; init; }
}

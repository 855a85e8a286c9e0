namespace FastDeepIoT.Profiling;

/// <summary>How to profile a device.</summary>
public sealed record ProfileOptions
{
    /// <summary>Threads a layer is spread over; the device model is for this number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How long to measure at most.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many probe networks to measure at most.</summary>
    public int MostNetworks { get; init; } = 1400;

    /// <summary>Where measured networks are noted one by one, so that an interrupted profile can go on.</summary>
    public required string JournalPath { get; init; }

    /// <summary>Whether to go on from a journal that is there.</summary>
    public bool Resume { get; init; }
}

/// <summary>How far a profile is.</summary>
/// <param name="Networks">Networks measured.</param>
/// <param name="MostNetworks">Networks wanted.</param>
/// <param name="Elapsed">Time spent measuring.</param>
/// <param name="Remaining">Time expected to be left.</param>
/// <param name="DisturbedShare">Share of reference readings that other load disturbed.</param>
public sealed record ProfileProgress(int Networks, int MostNetworks, TimeSpan Elapsed, TimeSpan Remaining, double DisturbedShare)
{
    /// <summary>Whether a model is being learned that says which networks to measure next: for a minute or so nothing is measured.</summary>
    public bool IsLearning { get; init; }
}

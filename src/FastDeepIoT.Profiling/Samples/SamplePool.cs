using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>Measurements of several profiles of one machine, taken together: what disturbed one of them, the others did not see.</summary>
public static class SamplePool
{
    // More than the networks of a profile are numbered with, and less than what twins are apart; a multiple of the number of folds, so that a network
    // that two profiles measured is held out from both.
    private const int Apart = 1 << 20;
    private const int MostProfiles = 15;

    /// <summary>Reads sample files, and numbers their networks anew if there are several.</summary>
    /// <param name="paths">One file or more, of profiles of one processor, runtime version and number of threads.</param>
    /// <exception cref="InputException">
    /// FDI3002 and FDI3013 as of <see cref="SampleFile.Read"/>; FDI3013 also when they are of different machines, runtimes or numbers of threads, or too many.
    /// </exception>
    public static SampleSet Read(IReadOnlyList<string> paths)
    {
        if (paths.Count > MostProfiles)
            throw new InputException(DiagnosticCode.SamplesUnreadable, FormattableString.Invariant($"{paths.Count} files of samples; {MostProfiles} are taken together at most."), paths[MostProfiles]);

        var sets = paths.Select(SampleFile.Read).ToList();
        var first = sets[0].Provenance;
        for (var other = 1; other < sets.Count; other++)
            if (Difference(sets[other].Provenance, first) is { } difference)
                throw new InputException(DiagnosticCode.SamplesUnreadable, $"The samples are {difference} as those in '{paths[0]}'. Fit them apart.", paths[other]);

        return new SampleSet(
            first with { Minutes = sets.Sum(set => set.Provenance.Minutes), Date = sets.Select(set => set.Provenance.Date).Max(StringComparer.Ordinal)! },
            [.. sets.SelectMany((set, number) => set.Networks.Select(network => network with { Seed = network.Seed + number * Apart }))]);
    }

    /// <summary>How a measurement does not belong to another, as in <c>of 'A', runtime 1, 1 thread(s), not of 'B', ...</c>; null when it does.</summary>
    internal static string? Difference(Provenance one, Provenance other) =>
        (one.Cpu, one.RuntimeVersion, one.Threads) == (other.Cpu, other.RuntimeVersion, other.Threads) ? null : $"of {Named(one)}, not of {Named(other)}";

    private static string Named(Provenance machine) =>
        FormattableString.Invariant($"'{machine.Cpu}', runtime {machine.RuntimeVersion}, {machine.Threads} thread(s)");
}

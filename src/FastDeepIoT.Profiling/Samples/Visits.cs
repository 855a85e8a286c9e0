namespace FastDeepIoT.Profiling.Samples;

/// <summary>
/// Makes one measurement of several of the same probe. Each was made in a session of its own, minutes apart, so that where a session happened
/// to place its memory, or what a neighbour did meanwhile, is not taken for a property of the device.
/// </summary>
internal static class Visits
{
    // Visits further apart than this did not see the same machine; the faster one saw it undisturbed.
    private const double SameMachine = 1.04;

    /// <summary>One sample a probe that was timed, in the order of first visits.</summary>
    internal static IReadOnlyList<NetworkSample> Combine(IEnumerable<NetworkSample> samples) =>
        samples.Where(sample => sample.IsTimed).GroupBy(sample => sample.Seed).Select(visits => Combine(visits.ToList())).ToList();

    private static NetworkSample Combine(List<NetworkSample> visits)
    {
        var fastest = visits.MinBy(visit => visit.TotalNanoseconds)!;
        var alike = visits.Where(visit => visit.TotalNanoseconds <= SameMachine * fastest.TotalNanoseconds && IsSame(visit, fastest)).ToList();
        return alike.Count == 1 ? fastest : fastest with
        {
            TotalNanoseconds = alike.Average(visit => visit.TotalNanoseconds),
            Nanoseconds = Average(alike, visit => visit.Nanoseconds),
            Changes = fastest.Changes.Zip(Average(alike, visit => visit.Changes.Select(change => change.Nanoseconds).ToList()),
                (change, nanoseconds) => change with { Nanoseconds = nanoseconds }).ToList(),
        };
    }

    // The runtime may order layout changes differently in another session.
    private static bool IsSame(NetworkSample visit, NetworkSample other) =>
        visit.Placements.SequenceEqual(other.Placements)
        && visit.Changes.Select(change => (change.Tensor, change.ToInternal)).SequenceEqual(other.Changes.Select(change => (change.Tensor, change.ToInternal)));

    private static List<double> Average(List<NetworkSample> visits, Func<NetworkSample, IReadOnlyList<double>> of) =>
        Enumerable.Range(0, of(visits[0]).Count).Select(i => visits.Average(visit => of(visit)[i])).ToList();
}

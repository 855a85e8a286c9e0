using System.Diagnostics;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>Measures probe networks on this machine.</summary>
public static class Profiler
{
    // The second half of the time goes to measuring every probe once more.
    private const double FirstVisits = 0.55;

    // So much of the rest is drawn from the prior before a model says where to look.
    private const double FromPrior = 0.5;

    /// <summary>
    /// Measures until the time or the number of networks is reached, first random ones, then those a model learned from them asks for; then visits
    /// every network again for as long as there is time. Every network is noted in the journal as soon as it is measured; after an interruption,
    /// <see cref="ProfileOptions.Resume"/> goes on from there.
    /// </summary>
    /// <exception cref="InputException">FDI3013 when the journal to go on from is of another machine, runtime or number of threads.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the journal keeps what was measured.</exception>
    public static SampleSet Run(ProfileOptions options, IProgress<ProfileProgress>? progress = null, CancellationToken cancellation = default)
    {
        var machine = Machine.Describe(options.Threads);
        using var journal = Journal.Open(options.JournalPath, machine, options.Resume);
        SampleSet Samples(TimeSpan elapsed) => new(machine with { Minutes = Math.Round(elapsed.TotalMinutes, 1) }, journal.Networks);
        if (journal.Time >= options.Time) return Samples(journal.Time); // all that is left is to learn from it

        using var reference = new ReferenceLoad(options.Threads);
        var measurement = new ProbeMeasurement(reference, options.Threads);
        var clock = Stopwatch.StartNew();
        TimeSpan Elapsed() => journal.Time + clock.Elapsed;
        void Visit(int seed, int visit)
        {
            cancellation.ThrowIfCancellationRequested();
            if (UnlessRefused(() => measurement.Measure(Probe.Of(seed), seed)) is { } network) journal.Add(network with { Visit = visit }, clock.Elapsed);
            Report(isLearning: false);
        }

        void Report(bool isLearning) => progress?.Report(Progress(options, journal, Elapsed(), reference.DisturbedShare) with { IsLearning = isLearning });

        bool Within(double share) => journal.Visited(1).Count < share * options.MostNetworks && Elapsed() < share * FirstVisits * options.Time;
        var choice = new ProbeChoice(machine, journal, seed => UnlessRefused(() => measurement.Look(Probe.Of(seed), seed)));
        while (Within(FromPrior)) Visit(choice.Drawn(), 1);
        if (Within(1))
        {
            Report(isLearning: true);
            choice.Learn(cancellation);
        }

        while (Within(1))
        {
            var (seed, passed) = choice.Chosen();
            foreach (var network in passed) journal.Add(network, clock.Elapsed);
            Visit(seed, 1);
        }

        var again = journal.Visited(2).ToHashSet();
        foreach (var seed in journal.Visited(1).Where(seed => !again.Contains(seed)))
            if (Elapsed() < options.Time) Visit(seed, 2);
        return Samples(Elapsed());
    }

    // A probe the runtime of this machine does not support is one we learn nothing from.
    private static NetworkSample? UnlessRefused(Func<NetworkSample?> sample)
    {
        try
        {
            return sample();
        }
        catch (InputException e) when (e.Finding.Code == DiagnosticCode.RuntimeRefuses)
        {
            return null;
        }
    }

    private static ProfileProgress Progress(ProfileOptions options, Journal journal, TimeSpan elapsed, double disturbed)
    {
        var (first, again) = (journal.Visited(1).Count, journal.Visited(2).Count);
        var visits = first + again;
        var wanted = again > 0 ? 2 * first : 2 * options.MostNetworks;
        var byNetworks = visits == 0 ? options.Time : elapsed / visits * (wanted - visits);
        var byTime = options.Time - elapsed;
        return new ProfileProgress(first, options.MostNetworks, elapsed, byNetworks < byTime ? byNetworks : byTime, disturbed);
    }
}

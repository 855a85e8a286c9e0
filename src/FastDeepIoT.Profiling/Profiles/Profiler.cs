using System.Diagnostics;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>Measures probe networks on this machine.</summary>
public static class Profiler
{
    /// <summary>
    /// Measures until the time or the number of networks is reached. Every network is noted in the journal as soon as it is measured; after
    /// an interruption, <see cref="ProfileOptions.Resume"/> goes on from there.
    /// </summary>
    /// <exception cref="InputException">FDI3013 when the journal to go on from is of another machine, runtime or number of threads.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the journal keeps what was measured.</exception>
    public static SampleSet Run(ProfileOptions options, IProgress<ProfileProgress>? progress = null, CancellationToken cancellation = default)
    {
        var machine = Machine.Describe(options.Threads);
        using var journal = Journal.Open(options.JournalPath, machine, options.Resume);
        using var reference = new ReferenceLoad(options.Threads);
        var measurement = new ProbeMeasurement(reference, options.Threads);
        var clock = Stopwatch.StartNew();
        for (var seed = journal.NextSeed; journal.Networks.Count < options.MostNetworks && journal.Time + clock.Elapsed < options.Time; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Measure(measurement, seed) is { } network) journal.Add(network, clock.Elapsed);
            progress?.Report(Progress(options, journal.Networks.Count, journal.Time + clock.Elapsed, reference.DisturbedShare));
        }

        return new SampleSet(machine with { Minutes = Math.Round((journal.Time + clock.Elapsed).TotalMinutes, 1) }, journal.Networks);
    }

    // A probe the runtime of this machine does not support is one we learn nothing from.
    private static NetworkSample? Measure(ProbeMeasurement measurement, int seed)
    {
        try
        {
            return measurement.Measure(Probe.Of(seed), seed);
        }
        catch (InputException e) when (e.Finding.Code == DiagnosticCode.RuntimeRefuses)
        {
            return null;
        }
    }

    private static ProfileProgress Progress(ProfileOptions options, int networks, TimeSpan elapsed, double disturbed)
    {
        var byNetworks = networks == 0 ? options.Time : elapsed / networks * (options.MostNetworks - networks);
        var byTime = options.Time - elapsed;
        return new ProfileProgress(networks, options.MostNetworks, elapsed, byNetworks < byTime ? byNetworks : byTime, disturbed);
    }
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>A model to time; free dimensions fixed.</summary>
/// <param name="Model">The model.</param>
/// <param name="File">The file it came from: for messages, and to find external data beside it.</param>
public sealed record TimedModel(ModelProto Model, string? File);

/// <summary>How long a run takes, in nanoseconds.</summary>
/// <param name="MedianNanoseconds">Median over the runs that were kept.</param>
/// <param name="MinimumNanoseconds">The fastest of them.</param>
/// <param name="Runs">How many were kept.</param>
/// <param name="Quiet">False when the machine was never quiet enough while this model was timed.</param>
public sealed record ModelTime(double MedianNanoseconds, double MinimumNanoseconds, int Runs, bool Quiet);

/// <summary>
/// Times whole models: in rounds that visit every model in turn, so that a change of the machine meets all of them, and only those rounds
/// count during which it was quiet.
/// </summary>
public static class ModelStopwatch
{
    private const int WarmUps = 5;
    private const int Rounds = 15;
    private const int MostRunsARound = 100;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan PatiencePerModel = TimeSpan.FromSeconds(6);

    /// <summary>Times models on this machine.</summary>
    /// <exception cref="TimeModel.InputException">FDI3010 when the runtime refuses a model or fails to run it on ordinary inputs.</exception>
    public static IReadOnlyList<ModelTime> Measure(IReadOnlyList<TimedModel> models, int threads, CancellationToken cancellation = default)
    {
        using var reference = new ReferenceLoad(threads);
        var runners = new List<ModelRunner>();
        try
        {
            foreach (var model in models) runners.Add(ModelRunner.Open(model.Model, threads, model.File));
            return Measure(runners, reference, cancellation);
        }
        finally
        {
            foreach (var runner in runners) runner.Dispose();
        }
    }

    private static List<ModelTime> Measure(List<ModelRunner> runners, ReferenceLoad reference, CancellationToken cancellation)
    {
        var runs = runners.Select(WarmUp).ToList();
        var times = runners.Select(_ => new List<List<double>>()).ToList();
        var rounds = runners.Select(_ => new QuietRounds(reference, Rounds, PatiencePerModel)).ToList();
        while (rounds.Any(round => !round.IsDone))
            for (var i = 0; i < runners.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!rounds[i].IsDone) rounds[i].Next(() => times[i].Add(Time(runners[i], runs[i])));
            }

        return rounds.Select((round, i) => Summary(round.Kept.SelectMany(kept => times[i][kept]).ToList(), round.AllQuiet)).ToList();
    }

    // The first run after another model's finds the caches full of other things.
    private static List<double> Time(ModelRunner runner, int runs)
    {
        runner.Time(1);
        return runner.Time(runs);
    }

    private static int WarmUp(ModelRunner runner) =>
        (int)Math.Clamp(RoundTime.TotalNanoseconds / runner.Time(WarmUps).Min(), 1, MostRunsARound);

    private static ModelTime Summary(IReadOnlyList<double> times, bool quiet) => new(Quantile.Median(times), times.Min(), times.Count, quiet);
}

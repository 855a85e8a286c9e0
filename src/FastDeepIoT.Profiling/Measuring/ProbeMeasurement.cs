using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// Measures a probe: runs without and with the runtime's own profile alternate in quiet rounds, so that both see the same machine.
/// </summary>
internal sealed class ProbeMeasurement(ReferenceLoad reference, int threads)
{
    // In a deep random network values fade until they are denormal, which is slow; in a trained one they do not.
    private const string DenormalsAreZero = "session.set_denormal_as_zero";
    private const int WarmUps = 3;
    private const int Rounds = 5;
    private const int FewestRunsARound = 2;
    private const int MostRunsARound = 60;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(10);

    /// <summary>How long to wait for the machine to be quiet.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The measured network, or null when the machine was not quiet enough to measure it.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses it, FDI3009 when there is no room for temporary files.</exception>
    internal NetworkSample? Measure(ModelProto model, int seed)
    {
        var bytes = NamedModel.Of(model);
        var fused = RuntimeGraph.Of(bytes);
        return Time(bytes) is var (total, nodes, final) ? Sample(seed, fused, final, total, nodes) : null;
    }

    /// <summary>How the layers of a probe are run, without times: needs no clock, so no quiet machine either.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses it, FDI3009 when there is no room for temporary files.</exception>
    internal NetworkSample Look(ModelProto model, int seed)
    {
        var bytes = NamedModel.Of(model);
        var final = OptimizedModel.Of(bytes, GraphOptimizationLevel.ORT_ENABLE_ALL, threads, file: null);
        return Sample(seed, RuntimeGraph.Of(bytes), final, total: 0, new Dictionary<string, double>());
    }

    private static NetworkSample Sample(int seed, RuntimeGraph fused, ModelProto final, double total, IReadOnlyDictionary<string, double> nodes)
    {
        var placements = PlacementReader.Read(fused, final);
        return new NetworkSample
        {
            Seed = seed,
            Network = fused.Network,
            TotalNanoseconds = total,
            Placements = placements.Of,
            Nanoseconds = placements.Nodes.Select(name => name is null ? 0 : nodes.GetValueOrDefault(name)).ToList(),
            Changes = placements.Changes.Select(change =>
                new ChangeSample(change.Tensor, change.ToInternal, nodes.GetValueOrDefault(change.Node))).ToList(),
        };
    }

    // The graph that is run comes from the very session that is profiled: another session may name its nodes differently.
    private (double Total, IReadOnlyDictionary<string, double> Nodes, ModelProto Final)? Time(byte[] model)
    {
        var folder = Disk.CreateTemporaryFolder();
        try
        {
            using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads);
            options.AddSessionConfigEntry(DenormalsAreZero, "1");
            using var plain = new ModelRunner(Runtime.Open(model, options, null));
            options.ProfileOutputPathPrefix = Path.Combine(folder, "profile"); // before it is enabled, or it lies in the current folder
            options.EnableProfiling = true;
            var written = Path.Combine(folder, "final.onnx");
            using var profiled = new ModelRunner(WrittenGraph.Open(model, options, written, null));
            profiled.Time(WarmUps);
            var runs = (int)Math.Clamp(RoundTime.TotalNanoseconds / plain.Time(WarmUps).Min(), FewestRunsARound, MostRunsARound);
            var times = new List<List<double>>();
            var rounds = new QuietRounds(reference, Rounds, Patience);
            rounds.Run(() =>
            {
                times.Add(plain.Time(runs));
                profiled.Time(runs);
            });
            if (rounds.Quiet < QuietRounds.FewestQuiet) return null;
            var total = Quantile.Low(rounds.Kept.SelectMany(round => times[round]));
            var keptRuns = rounds.Kept.SelectMany(round => Enumerable.Range(WarmUps + round * runs, runs)).ToList();
            return (total, RuntimeProfile.Read(profiled.Session.EndProfiling(), keptRuns), WrittenGraph.Read(written));
        }
        finally
        {
            Disk.RemoveTemporaryFolder(folder);
        }
    }
}

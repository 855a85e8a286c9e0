using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;

namespace FastDeepIoT.Tool;

/// <summary>
/// Finds out by timing which parts of a rewrite pay: the original, the whole rewrite and the rewrite without some of its parts are timed in
/// turn, and parts without which the model is faster are taken back.
/// </summary>
/// <param name="original">The model as it was.</param>
/// <param name="rewrite">The whole rewrite.</param>
/// <param name="time">Times models in turn.</param>
internal sealed class MeasuredSelection(ModelProto original, OptimizationResult rewrite, Func<IReadOnlyList<ModelProto>, IReadOnlyList<ModelTime>> time)
{
    // What is closer together than this is the same: repeats of one model differ by as much.
    private const double Noise = 0.01;

    // So many models are timed in turn at most, beside the original and the whole: more would take longer than the machine stays quiet.
    private const int MostBatches = 6;

    /// <summary>The parts to keep, none for the original, and the times of the original and of what is kept.</summary>
    internal (IReadOnlySet<int> Parts, ModelTime Before, ModelTime After) Run()
    {
        var all = rewrite.Parts.ToHashSet();
        var whole = rewrite.Model!;
        var (harmful, times) = Harmful(Batches(rewrite.Parts, MostBatches), whole, all);
        if (harmful.Count == 0) return Pays(times[0], times[1]) ? (all, times[0], times[1]) : (new HashSet<int>(), times[0], times[1]);

        var parts = all.Except(harmful).ToHashSet();
        var final = time([original, whole, rewrite.ModelWith(parts)]);
        if (Pays(final[0], final[2]) && final[2].MedianNanoseconds <= final[1].MedianNanoseconds) return (parts, final[0], final[2]);
        return Pays(final[0], final[1]) ? (all, final[0], final[1]) : (new HashSet<int>(), final[0], final[1]);
    }

    /// <summary>Whether one time is less than another by more than noise.</summary>
    internal static bool Pays(ModelTime before, ModelTime after) => after.MedianNanoseconds < before.MedianNanoseconds * (1 - Noise);

    // Parts without which the whole is faster. Of a batch of several such parts, those that are to blame, or all.
    private (HashSet<int> Parts, IReadOnlyList<ModelTime> Times) Harmful(IReadOnlyList<IReadOnlyList<int>> batches, ModelProto whole, HashSet<int> all)
    {
        var times = time([original, whole, .. batches.Select(batch => rewrite.ModelWith(all.Except(batch).ToHashSet()))]);
        var harmful = new HashSet<int>();
        foreach (var (batch, index) in batches.Select((batch, index) => (batch, index)))
            if (batches.Count > 1 && Pays(times[1], times[index + 2]))
                harmful.UnionWith(batch.Count == 1 ? batch : ToBlame(batch, whole, all));
        return (harmful, times);
    }

    private IEnumerable<int> ToBlame(IReadOnlyList<int> batch, ModelProto whole, HashSet<int> all) =>
        Harmful(Batches(batch, MostBatches), whole, all).Parts is { Count: > 0 } parts ? parts : batch;

    // Neighbours stay together: what one does to the layout, the next one needs.
    private static List<IReadOnlyList<int>> Batches(IReadOnlyList<int> parts, int most)
    {
        var count = Math.Min(parts.Count, most);
        return [.. Enumerable.Range(0, count).Select(batch => (IReadOnlyList<int>)[.. parts.Skip(batch * parts.Count / count).Take((batch + 1) * parts.Count / count - batch * parts.Count / count)])];
    }
}

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;

namespace FastDeepIoT.Tool;

/// <summary>
/// Finds out by timing which widths pay. First the predicted choice and its alternatives are timed in turn. Then the original, the fastest choice
/// and this choice without some of its parts are, and parts without which the model is faster are taken back.
/// </summary>
/// <param name="original">The model as it was.</param>
/// <param name="predicted">What is predicted to be fastest, and its alternatives.</param>
/// <param name="time">Times models in turn.</param>
/// <param name="cancellation">Stops between two timings.</param>
internal sealed class MeasuredSelection(
    ModelProto original, OptimizationResult predicted, Func<IReadOnlyList<ModelProto>, IReadOnlyList<ModelTime>> time, CancellationToken cancellation = default)
{
    /// <summary>Why a change is not made.</summary>
    internal const string NotMeasured = "the predicted gain was not measured";

    // What is closer together than this is the same: repeats of one model differ by as much.
    private const double Noise = 0.01;

    // So many models are timed in turn at most, beside the original and the whole: more would take longer than the machine stays quiet.
    private const int MostModels = 6;

    // So often parts are looked at more closely at most: where the machine is never quiet, a timing takes most of a minute.
    private const int MostTimings = 8;

    private int _timings;

    /// <summary>
    /// What to deliver, null for the original, and the times of the original and of the best there was; null when there was nothing to choose from.
    /// </summary>
    internal (OptimizationResult? Kept, ModelTime Before, ModelTime After)? Run()
    {
        if (Fastest() is not { Rewrite: { } rewrite, Model: { } whole } choice) return null;

        var (harmful, times) = Harmful(choice, Batches(rewrite.Parts));
        if (harmful.Count == 0) return Faster(choice, times[0], times[1]);

        var parts = rewrite.Parts.Except(harmful).ToHashSet();
        var final = time([original, whole, rewrite.ModelWith(parts)]);
        return Pays(final[0], final[2]) && final[2].MedianNanoseconds <= final[1].MedianNanoseconds
            && rewrite.With(parts, NotMeasured, cancellation) is { Model: not null } less ? (less, final[0], final[2]) : Faster(choice, final[0], final[1]);
    }

    /// <summary>Whether one time is less than another by more than noise.</summary>
    internal static bool Pays(ModelTime before, ModelTime after) => after.MedianNanoseconds < before.MedianNanoseconds * (1 - Noise);

    private static (OptimizationResult?, ModelTime, ModelTime) Faster(OptimizationResult choice, ModelTime before, ModelTime after) =>
        (Pays(before, after) ? choice : null, before, after);

    // The predicted choice, unless another one is faster here and computes the same.
    private OptimizationResult Fastest()
    {
        var others = predicted.Alternatives.Take(MostModels).ToList();
        if (others.Count == 0) return predicted;

        var times = time([predicted.Model ?? original, .. others.Select(other => other.ModelWith(other.Parts.ToHashSet()))]);
        var (best, least) = others.Zip(times.Skip(1)).MinBy(pair => pair.Second.MedianNanoseconds);
        return Pays(times[0], least) && best.With(best.Parts.ToHashSet(), NotMeasured, cancellation) is { Model: not null } verified ? verified : predicted;
    }

    // Parts without which the whole is faster. A batch of several that falls short of its prediction is looked at more closely: one of them may
    // cost what the others save.
    private (HashSet<int> Parts, IReadOnlyList<ModelTime> Times) Harmful(OptimizationResult choice, IReadOnlyList<IReadOnlyList<int>> batches)
    {
        _timings++;
        var (rewrite, harmful) = (choice.Rewrite!, new HashSet<int>());
        var times = time([original, choice.Model!, .. batches.Select(batch => rewrite.ModelWith(rewrite.Parts.Except(batch).ToHashSet()))]);
        foreach (var (batch, without) in batches.Zip(times.Skip(2)).OrderBy(pair => pair.Second.MedianNanoseconds))
        {
            var slower = batch.Count < rewrite.Parts.Count && Pays(times[1], without);
            if (batch.Count == 1 && slower) harmful.UnionWith(batch);
            if (batch.Count == 1 || !(slower || FallsShort(choice.Report, batch, times[0], times[1], without))) continue;

            HashSet<int> blamed = _timings < MostTimings ? Harmful(choice, Batches(batch)).Parts : [];
            harmful.UnionWith(slower && blamed.Count == 0 ? batch : blamed);
        }

        return (harmful, times);
    }

    private static bool FallsShort(ExactReport report, IReadOnlyList<int> batch, ModelTime before, ModelTime whole, ModelTime without)
    {
        var expected = batch.Sum(part => report.Widths[part].GainNanoseconds) / report.Before.Nanoseconds;
        return (without.MedianNanoseconds - whole.MedianNanoseconds) / before.MedianNanoseconds < expected - Noise;
    }

    // Neighbours stay together: what one does to the layout, the next one needs.
    private static List<IReadOnlyList<int>> Batches(IReadOnlyList<int> parts)
    {
        var count = Math.Min(parts.Count, MostModels);
        return [.. Enumerable.Range(0, count).Select(batch => (IReadOnlyList<int>)[.. parts.Take((batch + 1) * parts.Count / count).Skip(batch * parts.Count / count)])];
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Chooses among the trade-off and judges the choice on data used for nothing else: the fastest that costs no more than allowed, or the
/// most careful that meets the budget.
/// </summary>
internal sealed class CompressionGate(CompressionStudy study, FrontierTrials trials, DataSplit split, CompressionOptions options)
{
    // Every further look at the judging data makes a lucky one more likely.
    private const int MostLooks = 3;
    private const double NextStep = 0.7;
    private const int FrontierPoints = 12;

    internal CompressionResult Run(CancellationToken cancellation)
    {
        if (options.WholeFrontier) TryAlongFrontier(cancellation);
        if (trials.Choices.Count == 0) return Unchanged("no width of the model can change", []);

        var original = ModelOutputs.Of(study.Model, split.Judging, cancellation);
        var (index, looks) = (options.BudgetNanoseconds is { } budget ? FirstWithin(budget) : Boldest(cancellation), new List<Drop>());
        while (index >= 0 && looks.Count < MostLooks)
        {
            var trial = trials.Try(index, cancellation);
            var drop = Drop.Of(original, ModelOutputs.Of(trial.Model, split.Judging, cancellation), split.Judging);
            looks.Add(drop);
            if (drop.Fraction <= options.MaxDrop) return Deliver(index, trial.Model, drop, looks);
            if (options.BudgetNanoseconds is not null) return Missed(index, looks);

            index = MoreCareful(index);
        }

        return Missed(index, looks);
    }

    // Bold choices are tried first, and say what divergence costs. Drops grow along the trade-off, if not at every step: halving finds where they pass what is allowed.
    private int Boldest(CancellationToken cancellation)
    {
        var (good, bad) = (0, trials.Choices.Count);
        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            if (trials.ExpectedDrop(middle, cancellation) <= options.MaxDrop) good = middle;
            else bad = middle;
        }

        return good;
    }

    private int FirstWithin(double budget) => trials.Choices.ToList().FindIndex(choice => choice.Nanoseconds <= budget);

    // Clearly less of the expected divergence; nothing is removed from the first.
    private int MoreCareful(int index) => index == 0 ? -1 : trials.Choices.ToList().FindLastIndex(index - 1, choice => choice.Divergence <= NextStep * trials.Choices[index].Divergence) is >= 0 and var found ? found : 0;

    private void TryAlongFrontier(CancellationToken cancellation)
    {
        for (var point = 0; point < FrontierPoints; point++)
            if (trials.Choices.Count > 0) trials.Try((int)((trials.Choices.Count - 1L) * point / (FrontierPoints - 1)), cancellation);
    }

    private CompressionResult Deliver(int index, ModelProto model, Drop judged, IReadOnlyList<Drop> looks)
    {
        var (network, prediction) = study.Steered.Predict(model);
        var before = study.Steered.Before.Time.Nanoseconds;
        if (before - prediction.Time.Nanoseconds < options.Steering.SmallestGain * before) return Unchanged("no choice of widths is predicted to pay within the drop allowed", looks);

        var choice = trials.Choices[index];
        CompressionProvenance.Add(model, study, choice, judged);
        var report = CompressionOutcome.Of(study, choice.Sizes, prediction, null);
        return new CompressionResult(new OptimizationResult(model, report, network, prediction), Report(index, judged, looks));
    }

    private CompressionResult Unchanged(string why, IReadOnlyList<Drop> looks) => new(Original(why), Report(-1, null, looks));

    private CompressionResult Missed(int index, IReadOnlyList<Drop> looks)
    {
        var missed = MissedText(looks, index);
        var finding = new Finding(DiagnosticCode.DropTooLarge, missed);
        var result = Original(missed);
        return new(result with { Report = result.Report with { Findings = [finding] } }, Report(-1, null, looks) with { Missed = missed });
    }

    private OptimizationResult Original(string why) => new(null, CompressionOutcome.Of(study, study.Steered.OriginalSizes, study.Steered.Before, why),
        study.Steered.Original.Network, study.Steered.Before);

    private CompressionReport Report(int delivered, Drop? judged, IReadOnlyList<Drop> looks) => new(options.MaxDrop, split.Fit.Count, split.Choice.Count,
        [.. trials.Tried.Select(pair => new FrontierPoint(trials.Choices[pair.Key].Nanoseconds, pair.Value.OnChoice, trials.Choices[pair.Key].Sizes, pair.Key == delivered))],
        judged, looks.Count);

    private string MissedText(IReadOnlyList<Drop> looks, int index)
    {
        if (looks.Count == 0)
            return $"No choice of widths reaches the budget of {LatencyText.Of(options.BudgetNanoseconds ?? 0)}: the fastest that was found is predicted to take "
                + $"{LatencyText.Of(trials.Choices[^1].Nanoseconds)}. Nothing was written. Allow more time, or use a smaller network.";

        var time = index < 0 ? "" : $" at {LatencyText.Of(trials.Choices[index].Nanoseconds)}";
        return $"The compressed model{time} loses {DropText.Of(looks[^1])}, and {DropText.Percent(options.MaxDrop)} is allowed. Nothing was written. "
            + "Allow a larger drop or more time, give more calibration data, or look at the whole trade-off with --frontier.";
    }
}

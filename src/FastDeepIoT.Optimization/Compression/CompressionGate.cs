using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Judges the plan that was chosen on data used for nothing else: the fastest that costs no more than allowed, or the most careful that
/// meets the budget.
/// </summary>
internal sealed class CompressionGate(CompressionStudy study, PlanTrials trials, DataSplit split)
{
    /// <summary>The work to spend on trying plans, in floating-point operations: about a minute of two processors.</summary>
    internal const double TrialOperations = 3e12;

    // Every further look at the judging data makes a lucky one more likely.
    private const int MostLooks = 3;
    private const double NextStep = 0.7;

    // As many as a message can name.
    private const int MostOffers = 5;

    private CompressionOptions Options => study.Options;

    internal CompressionResult Run(CancellationToken cancellation)
    {
        if (trials.Plans.Count <= 1) return Unchanged("no width of the model can change, and no layer can be left out", []);

        var choice = new PlanChoice(trials, Options, study.BuildsFor(TrialOperations));
        choice.TryAlong(cancellation);
        using var final = new FinalFit(study, split.NotJudging);
        var original = ModelOutputs.Of(study.Original, split.Judging, cancellation);
        var (plan, looks) = (Options.BudgetNanoseconds is { } budget ? choice.MostCareful(budget, cancellation) : choice.Fastest(cancellation), new List<Drop>());
        var last = plan;
        for (; plan is not null && looks.Count < MostLooks; plan = choice.MoreCareful(plan, NextStep, cancellation))
        {
            last = plan;
            var model = final.Build(plan, cancellation);
            if (!IsWithinBudget(plan.Variant.Steered.Predict(model).Prediction)) break;

            var drop = Drop.Of(original, ModelOutputs.Of(model, split.Judging, cancellation), split.Judging);
            looks.Add(drop);
            if (drop.Fraction <= Options.MaxDrop) return Deliver(plan, model, drop, looks);
            if (Options.BudgetNanoseconds is not null) break;
        }

        return Missed(last, looks);
    }

    private CompressionResult Deliver(CompressionPlan plan, ModelProto model, Drop judged, IReadOnlyList<Drop> looks)
    {
        var (network, prediction) = plan.Variant.Steered.Predict(model);
        var before = study.Before.Time.Nanoseconds;
        if (before - prediction.Time.Nanoseconds < Options.Steering.SmallestGain * before && IsWithinBudget(study.Before)) return Unchanged("no way to compress it is predicted to pay within the drop allowed", looks);

        CompressionProvenance.Add(model, study, plan, judged);
        var report = CompressionOutcome.Of(study, plan, prediction);
        return new CompressionResult(new OptimizationResult(model, report, network, prediction), Report(plan, judged, looks));
    }

    private bool IsWithinBudget(NetworkPrediction prediction) => !(prediction.Time.Nanoseconds > Options.BudgetNanoseconds);

    private CompressionResult Unchanged(string why, IReadOnlyList<Drop> looks) => IsWithinBudget(study.Before) ? new(Original(why), Report(null, null, looks)) : Missed(null, looks);

    private CompressionResult Missed(CompressionPlan? plan, IReadOnlyList<Drop> looks)
    {
        var missed = MissedText(plan, looks);
        var finding = new Finding(DiagnosticCode.DropTooLarge, missed);
        var result = Original(missed);
        return new(result with { Report = result.Report with { Findings = [finding] } }, Report(null, null, looks) with { Missed = missed });
    }

    private OptimizationResult Original(string why) => new(null, CompressionOutcome.Unchanged(study, why), study.Whole.Steered.Original.Network, study.Before);

    private CompressionReport Report(CompressionPlan? delivered, Drop? judged, IReadOnlyList<Drop> looks) => new(Options.MaxDrop, split.Fit.Count, split.Choice.Count,
        [.. Worthwhile(delivered).Select(pair => new FrontierPoint(pair.Trial.Nanoseconds, pair.Trial.OnChoice, pair.Plan.Sizes, pair.Plan.IsSameAs(delivered)) { Removed = pair.Plan.Variant.Removed, Model = pair.Trial.Model })],
        judged, looks.Count);

    // Of all that were tried, those that none beats in both time and divergence, the most careful first.
    private IEnumerable<(CompressionPlan Plan, Trial Trial)> Worthwhile(CompressionPlan? delivered)
    {
        var kept = trials.Worthwhile.ToHashSet();
        return trials.Tried.Where(pair => kept.Contains(pair.Plan) || pair.Plan.IsSameAs(delivered)).OrderByDescending(pair => pair.Trial.Nanoseconds);
    }

    private string MissedText(CompressionPlan? plan, IReadOnlyList<Drop> looks)
    {
        if (looks.Count == 0)
            return $"No choice of widths reaches the budget of {LatencyText.Of(Options.BudgetNanoseconds ?? 0)}: the fastest that was found is predicted to take "
                + $"{LatencyText.Of(Fastest())}. Nothing was written.{Offers()} Allow more time, or use a smaller network.";

        var time = plan is null ? "" : $" at {LatencyText.Of(trials.Nanoseconds(plan))}";
        return $"The compressed model{time} loses {DropText.Of(looks[^1])}, and {DropText.Percent(Options.MaxDrop)} is allowed. Nothing was written.{Offers()} "
            + "Allow a larger drop or more time, give more calibration data, or look at the whole trade-off with --frontier.";
    }

    private double Fastest() => trials.Tried.Select(pair => pair.Trial.Nanoseconds).Append(study.Before.Time.Nanoseconds).Min();

    // What can be had instead, from the most careful to the boldest.
    private string Offers()
    {
        var points = Worthwhile(null).ToList();
        var most = Math.Min(MostOffers, points.Count);
        return most < 2 ? "" : $" Of what was tried, {string.Join(", ", Enumerable.Range(0, most).Select(offer => points[offer * (points.Count - 1) / (most - 1)])
            .Select(point => $"{LatencyText.Of(point.Trial.Nanoseconds)} cost {DropText.Percent(point.Trial.OnChoice.Fraction)}"))} on the data to choose by.";
    }
}

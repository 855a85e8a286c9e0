using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Builds and tries plans, each when it is first asked for, and learns from all of them what the others can be expected to cost.</summary>
internal sealed class PlanTrials
{
    private const double LargestDropToLearnFrom = 0.15;
    private const double TrialShare = 0.1;

    private readonly IReadOnlyList<NetworkVariant> _variants;
    private readonly StageProgress _stages;
    private readonly bool _keepModels;
    private readonly CalibrationSamples _fit, _choice;
    private readonly ModelOutputs _originalFit, _originalChoice;
    private readonly Dictionary<(NetworkVariant, string), (CompressionPlan Plan, Trial Trial)> _trials = [];

    internal PlanTrials(CompressionStudy study, CalibrationSamples fit, CalibrationSamples choice, StageProgress stages, CancellationToken cancellation)
    {
        (_fit, _choice, _stages, _keepModels) = (fit, choice, stages, study.Options.WholeFrontier);
        _variants = study.Variants(cancellation);
        _originalFit = ModelOutputs.Of(study.Original, fit, cancellation);
        _originalChoice = ModelOutputs.Of(study.Original, choice, cancellation);
        Search(cancellation);
    }

    /// <summary>The plans that pay by what is known, the most careful first: the first changes nothing, or only pads.</summary>
    internal IReadOnlyList<CompressionPlan> Plans { get; private set; } = [];

    /// <summary>The plans that were tried, and what they cost.</summary>
    internal IEnumerable<(CompressionPlan Plan, Trial Trial)> Tried => _trials.Values;

    /// <summary>Of the plans that were tried, those that none beats in both time and divergence, the most careful first.</summary>
    internal IEnumerable<CompressionPlan> Worthwhile
    {
        get
        {
            var best = new TradeOff<CompressionPlan>();
            foreach (var (plan, trial) in Tried) best.Offer(trial.Divergence, trial.Nanoseconds, () => plan);
            return best.Choices.Select(choice => choice.Choice);
        }
    }

    /// <summary>Searches anew, knowing what the plans did that were tried.</summary>
    internal void Search(CancellationToken cancellation)
    {
        var all = new TradeOff<CompressionPlan>();
        foreach (var plan in _variants.AsParallel().AsOrdered().WithCancellation(cancellation).Select(variant => variant.Plans(TriedOf(variant), cancellation)).SelectMany(plans => plans))
            all.Offer(plan.Divergence, plan.Nanoseconds, () => plan);
        Plans = [.. all.Choices.Select(choice => choice.Choice)];
    }

    private IEnumerable<(CompressionPlan Plan, double Divergence)> TriedOf(NetworkVariant variant) =>
        Tried.Where(pair => pair.Plan.Variant == variant).Select(pair => (pair.Plan, pair.Trial.Divergence));

    /// <summary>What a plan costs, when it was tried.</summary>
    internal Trial? Find(CompressionPlan plan) => _trials.TryGetValue(KeyOf(plan), out var known) ? known.Trial : null;

    /// <summary>What a plan costs, by running it.</summary>
    internal Trial Try(CompressionPlan plan, CancellationToken cancellation)
    {
        if (Find(plan) is { } known) return known;

        var model = plan.Build(cancellation);
        var (onFit, onChoice) = (ModelOutputs.Of(model, _fit, cancellation), ModelOutputs.Of(model, _choice, cancellation));
        _stages.Next(TrialShare).Report(1);
        var nanoseconds = plan.Variant.Steered.Predict(model).Prediction.Time.Nanoseconds;
        var trial = new Trial(nanoseconds, Drop.Of(_originalFit, onFit, _fit), Drop.Of(_originalChoice, onChoice, _choice), Divergence.Of(_originalChoice, onChoice)) { Model = _keepModels ? model : null };
        _trials[KeyOf(plan)] = (plan, trial);
        return trial;
    }

    /// <summary>
    /// Predicted nanoseconds of a plan: of the finished model as the runtime runs it, when it was tried. Steering adds up layers and cannot see what the
    /// runtime will merge, so that the others are expected to be off as those tried are that are nearly as fast.
    /// </summary>
    internal double Nanoseconds(CompressionPlan plan) => Find(plan)?.Nanoseconds ?? plan.Nanoseconds * Misjudgement(plan);

    /// <summary>
    /// The drop to expect of a plan. Few samples tell a small drop badly, but outputs that go off little further than others cost little
    /// more: drops of all plans tried, bold ones first of all, say how much a divergence costs. What a plan that was not tried will diverge follows
    /// from those tried with nearly the same prediction.
    /// </summary>
    internal double ExpectedDrop(CompressionPlan plan)
    {
        var known = Find(plan);
        if (!_originalChoice.IsScores) return known is null ? Math.Sqrt(ExpectedDivergence(plan)) : Math.Max(known.OnChoice.Fraction, known.OnFit.Fraction);

        var learned = _trials.Values.Select(pair => pair.Trial).Where(trial => trial.OnChoice.Fraction <= LargestDropToLearnFrom).ToList();
        var steps = learned.Sum(trial => StepOf(trial.Divergence));
        return steps <= 0 ? 0 : StepOf(known?.Divergence ?? ExpectedDivergence(plan)) * Math.Max(0, Math.Max(learned.Sum(trial => trial.OnChoice.Fraction), learned.Sum(trial => trial.Pooled)) / steps);
    }

    // What drops grow with: answers change with the size of errors, but as many are won as lost until errors are large.
    private double StepOf(double divergence) => _choice.HasLabels ? divergence : Math.Sqrt(divergence);

    // Predictions are off by a factor that changes slowly along the trade-off.
    private double ExpectedDivergence(CompressionPlan plan)
    {
        var near = _trials.Values.Where(pair => pair.Plan.Variant == plan.Variant && pair.Trial.Divergence > 0 && double.IsFinite(pair.Trial.Divergence) && PredictedNow(pair.Plan) > 0)
            .OrderBy(pair => Math.Abs(Math.Log(PredictedNow(pair.Plan) / Math.Max(double.Epsilon, plan.Divergence)))).Take(2).ToList();
        return near.Count == 0 ? plan.Divergence : plan.Divergence * Math.Exp(near.Average(pair => Math.Log(pair.Trial.Divergence / PredictedNow(pair.Plan))));
    }

    private double Misjudgement(CompressionPlan plan) => _trials.Values.Where(pair => pair.Plan.Variant == plan.Variant)
        .OrderBy(pair => Math.Abs(pair.Plan.Nanoseconds - plan.Nanoseconds)).Select(pair => pair.Trial.Nanoseconds / pair.Plan.Nanoseconds).FirstOrDefault(1);

    private double PredictedNow(CompressionPlan plan) => plan.Variant.ExpectedDivergence(plan);

    private static (NetworkVariant, string) KeyOf(CompressionPlan plan) => (plan.Variant, string.Join(' ', plan.Sizes));
}

/// <summary>What a plan costs.</summary>
/// <param name="Nanoseconds">Predicted time of the model as the runtime runs it.</param>
/// <param name="OnFit">On the data it was fitted to.</param>
/// <param name="OnChoice">On further data.</param>
/// <param name="Divergence">How far its outputs go off on the further data.</param>
internal sealed record Trial(double Nanoseconds, Drop OnFit, Drop OnChoice, double Divergence)
{
    /// <summary>The model, where the whole trade-off was asked for: otherwise it is built again when it is delivered.</summary>
    internal ModelProto? Model { get; init; }

    /// <summary>The drop over all these data: of more samples than the further data alone, but flattered by the fit.</summary>
    internal double Pooled => (OnFit.Fraction * OnFit.Samples + OnChoice.Fraction * OnChoice.Samples) / Math.Max(1, OnFit.Samples + OnChoice.Samples);
}

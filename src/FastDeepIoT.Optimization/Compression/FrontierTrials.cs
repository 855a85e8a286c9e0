using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Builds and tries choices of widths, each when it is first asked for.</summary>
internal sealed class FrontierTrials
{
    private const double LargestDropToLearnFrom = 0.15;
    private const double FrontierShare = 0.1, TrialShare = 0.15;

    private readonly CompressionStudy _study;
    private readonly StageProgress _stages;
    private readonly CalibrationSamples _fit, _choice;
    private readonly ModelOutputs _originalFit, _originalChoice;
    private readonly SortedDictionary<int, Trial> _trials = [];

    internal FrontierTrials(CompressionStudy study, CalibrationSamples fit, CalibrationSamples choice, StageProgress stages, CancellationToken cancellation)
    {
        (_study, _fit, _choice, _stages) = (study, fit, choice, stages);
        Choices = study.Frontier(cancellation);
        _stages.Next(FrontierShare).Report(1);
        _originalFit = ModelOutputs.Of(study.Model, fit, cancellation);
        _originalChoice = ModelOutputs.Of(study.Model, choice, cancellation);
    }

    /// <summary>The choices, the most careful first.</summary>
    internal IReadOnlyList<CompressedSizes> Choices { get; }

    /// <summary>Those that were tried, by index.</summary>
    internal IReadOnlyDictionary<int, Trial> Tried => _trials;

    /// <summary>The model of a choice, and what it costs.</summary>
    internal Trial Try(int index, CancellationToken cancellation)
    {
        if (_trials.TryGetValue(index, out var known)) return known;

        var model = _study.Build(Choices[index], cancellation);
        var onChoice = ModelOutputs.Of(model, _choice, cancellation);
        var onFit = ModelOutputs.Of(model, _fit, cancellation);
        var trial = new Trial(model, Drop.Of(_originalFit, onFit, _fit), Drop.Of(_originalChoice, onChoice, _choice), onChoice.DivergenceFrom(_originalChoice));
        _stages.Next(TrialShare).Report(1);
        return _trials[index] = trial;
    }

    /// <summary>
    /// The drop to expect of a choice that was tried. Few samples tell a small drop badly, but outputs that go off little further than others
    /// cost little more: drops of all choices tried, bold ones first of all, say how much a divergence costs.
    /// </summary>
    internal double ExpectedDrop(int index, CancellationToken cancellation)
    {
        var trial = Try(index, cancellation);
        if (trial.OnChoice.Measure == DropMeasure.OutputError) return Math.Max(trial.OnChoice.Fraction, trial.OnFit.Fraction);

        var tried = _trials.Values.Where(other => other.OnChoice.Fraction <= LargestDropToLearnFrom).ToList();
        var steps = tried.Sum(other => other.Step);
        return steps <= 0 ? 0 : trial.Step * Math.Max(0, Math.Max(tried.Sum(other => other.OnChoice.Fraction), tried.Sum(other => other.Pooled)) / steps);
    }
}

/// <summary>A model that was tried.</summary>
/// <param name="Model">The model.</param>
/// <param name="OnFit">What it costs on the data it was fitted to.</param>
/// <param name="OnChoice">What it costs on further data.</param>
/// <param name="Divergence">How far its outputs go off on the further data.</param>
internal sealed record Trial(ModelProto Model, Drop OnFit, Drop OnChoice, double Divergence)
{
    /// <summary>The drop over all these data: of more samples than the further data alone, but flattered by the fit.</summary>
    internal double Pooled => (OnFit.Fraction * OnFit.Samples + OnChoice.Fraction * OnChoice.Samples) / Math.Max(1, OnFit.Samples + OnChoice.Samples);

    /// <summary>What drops grow with: answers change with the size of errors, but as many are won as lost until errors are large.</summary>
    internal double Step => OnChoice.Measure == DropMeasure.Agreement ? Math.Sqrt(Divergence) : Divergence;
}

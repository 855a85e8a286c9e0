using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Builds and tries choices of widths, each when it is first asked for.</summary>
internal sealed class FrontierTrials
{
    private const double FrontierShare = 0.1, TrialShare = 0.08;

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
        var trial = new Trial(model, DropOn(_fit, _originalFit, model, cancellation), DropOn(_choice, _originalChoice, model, cancellation));
        _stages.Next(TrialShare).Report(1);
        return _trials[index] = trial;
    }

    private static Drop DropOn(CalibrationSamples samples, ModelOutputs original, ModelProto model, CancellationToken cancellation) =>
        Drop.Of(original, ModelOutputs.Of(model, samples, cancellation), samples);
}

/// <summary>A model that was tried.</summary>
/// <param name="Model">The model.</param>
/// <param name="OnFit">What it costs on the data it was fitted to.</param>
/// <param name="OnChoice">What it costs on further data.</param>
internal sealed record Trial(ModelProto Model, Drop OnFit, Drop OnChoice)
{
    /// <summary>The worse of both: the one is flattered by the fit, the other small.</summary>
    internal double Fraction => Math.Max(OnFit.Fraction, OnChoice.Fraction);
}

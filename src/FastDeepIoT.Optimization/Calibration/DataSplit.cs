namespace FastDeepIoT.Optimization;

/// <summary>Data kept apart: what weights are fitted to, what widths are chosen by, and what the result is judged by.</summary>
/// <param name="Fit">Importance, repair and the first guesses of what widths cost.</param>
/// <param name="Choice">Which of several compressed models is taken.</param>
/// <param name="Judging">The gate; used for nothing else.</param>
public sealed record DataSplit(CalibrationSamples Fit, CalibrationSamples Choice, CalibrationSamples Judging)
{
    private const double FitShare = 0.5;
    private const double ChoiceShare = 0.2;

    private int MostFitted { get; init; } = int.MaxValue;

    /// <summary>Those that are not used to judge, as many as may be fitted to.</summary>
    internal CalibrationSamples NotJudging => Fit.Data == Choice.Data ? (Fit with { Indices = [.. Fit.Indices, .. Choice.Indices] }).Take(MostFitted) : Fit;

    /// <summary>The same with no more samples to fit to than some.</summary>
    internal DataSplit FittedTo(int most) => this with { Fit = Fit.Take(most), MostFitted = most };

    /// <summary>Splits one source in three, or the first of two sources in two.</summary>
    public static DataSplit Of(CalibrationData data, CalibrationData? judging, int seed)
    {
        var all = CalibrationSamples.All(data).Shuffled(seed);
        var fit = (int)(all.Count * (judging is null ? FitShare : FitShare / (FitShare + ChoiceShare)));
        var choice = judging is null ? (int)(all.Count * ChoiceShare) : all.Count - fit;
        return new DataSplit(all.Take(fit), all.Take(fit + choice).Last(choice),
            judging is null ? all.Last(all.Count - fit - choice) : CalibrationSamples.All(judging));
    }
}

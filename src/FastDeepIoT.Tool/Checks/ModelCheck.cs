using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A model that was checked.</summary>
/// <param name="Model">The model with its prediction.</param>
/// <param name="Budget">The budget it was held against; null for none.</param>
/// <param name="BaselineNanoseconds">The time in the baseline; null when it has none.</param>
/// <param name="Findings">FDI2001, FDI2002 and whatever else the user should know.</param>
internal sealed record ModelCheck(
    PredictedModel Model, LatencyLimit? Budget, double? BaselineNanoseconds, IReadOnlyList<JudgedFinding> Findings)
{
    /// <summary>Whether everything was within limits.</summary>
    internal bool Passed => !Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>Holds a prediction against limits.</summary>
    internal static ModelCheck Of(PredictedModel model, CheckLimits limits)
    {
        var before = limits.Baseline?.Find(model.Path, model.Device);
        var notes = model.Findings.Append(CheckMessages.Unmodelled(model)).Append(CheckMessages.OnCliff(model)).OfType<Finding>();
        return new ModelCheck(model, limits.Budget, before, [.. limits.Judge(Failures(model, limits, before).Concat(notes))]);
    }

    private static IEnumerable<Finding> Failures(PredictedModel model, CheckLimits limits, double? before)
    {
        var time = model.Prediction.Time;
        if (limits.Budget is { } budget && budget.Excess(time) > 0) yield return CheckMessages.OverBudget(model, budget);
        if (before is { } baseline && time.Nanoseconds > baseline * (1 + limits.MaxRegression.Fraction))
            yield return CheckMessages.Regression(model, baseline, limits.MaxRegression);
        if (before is null && limits.Baseline is not null) yield return CheckMessages.NotInBaseline(model);
    }
}

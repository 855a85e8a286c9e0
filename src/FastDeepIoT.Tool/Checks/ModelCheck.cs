using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What a model's predicted time is held against.</summary>
/// <param name="Budget">The most it may take; null for no budget.</param>
/// <param name="Baseline">What it took before; null for no baseline.</param>
/// <param name="MaxRegression">How much more than in the baseline it may take.</param>
internal sealed record CheckLimits(Duration? Budget, LatencyBaseline? Baseline, Percent MaxRegression);

/// <summary>A model that was checked.</summary>
/// <param name="Model">The model with its prediction.</param>
/// <param name="Budget">The budget it was held against.</param>
/// <param name="BaselineNanoseconds">The time in the baseline; null when it has none.</param>
/// <param name="Failures">FDI2001 and FDI2002.</param>
/// <param name="Notes">What else the user should know.</param>
internal sealed record ModelCheck(
    PredictedModel Model, Duration? Budget, double? BaselineNanoseconds, IReadOnlyList<Finding> Failures, IReadOnlyList<Finding> Notes)
{
    /// <summary>Whether everything was within limits.</summary>
    internal bool Passed => Failures.Count == 0;

    /// <summary>Holds a prediction against limits.</summary>
    internal static ModelCheck Of(PredictedModel model, CheckLimits limits)
    {
        var time = model.Prediction.Time.Nanoseconds;
        var failures = new List<Finding>();
        if (limits.Budget is { } budget && time > budget.Nanoseconds) failures.Add(CheckMessages.OverBudget(model, budget));
        var before = limits.Baseline?.Find(model.Path, model.Device);
        if (before is { } baseline && time > baseline * (1 + limits.MaxRegression.Fraction))
            failures.Add(CheckMessages.Regression(model, baseline, limits.MaxRegression));

        var notes = model.Findings.Append(CheckMessages.Unmodelled(model)).Append(CheckMessages.OnCliff(model)).OfType<Finding>();
        return new ModelCheck(model, limits.Budget, before, failures, [.. notes]);
    }
}

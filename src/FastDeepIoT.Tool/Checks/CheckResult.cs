using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Everything a check found.</summary>
/// <param name="Models">Model by model.</param>
/// <param name="Total">All models together; null without a budget for them.</param>
internal sealed record CheckResult(IReadOnlyList<ModelCheck> Models, TotalCheck? Total)
{
    /// <summary>Whether everything was within limits.</summary>
    internal bool Passed => Models.All(check => check.Passed) && Total is null or { Passed: true };

    /// <summary>All findings.</summary>
    internal IEnumerable<JudgedFinding> Findings => Models.SelectMany(check => check.Findings).Concat(Total?.Findings ?? []);

    /// <summary>Adds up what was checked model by model.</summary>
    internal static CheckResult Of(IReadOnlyList<ModelCheck> models, CheckLimits limits)
    {
        if (limits.Total is not { } budget || models.Count == 0) return new CheckResult(models, null);

        var time = LatencyText.TotalOf(models.Select(check => check.Model.Prediction.Time));
        Finding[] failures = budget.Excess(time) > 0 ? [CheckMessages.OverTotal([.. models.Select(check => check.Model)], budget)] : [];
        return new CheckResult(models, new TotalCheck(time, budget, [.. limits.Judge(failures)]));
    }
}

/// <summary>All models together, held against a budget.</summary>
internal sealed record TotalCheck(Prediction Time, LatencyLimit Budget, IReadOnlyList<JudgedFinding> Findings)
{
    /// <summary>Whether they keep it.</summary>
    internal bool Passed => !Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}

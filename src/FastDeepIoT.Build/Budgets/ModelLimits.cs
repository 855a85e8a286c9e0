using System.Collections.Generic;
using FastDeepIoT.Build.Baselines;
using FastDeepIoT.Build.Items;
using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Budgets;

/// <summary>What predicted times are held against.</summary>
/// <param name="DefaultBudget">The budget of models that have none of their own; null for none.</param>
/// <param name="Baseline">What models took before; null for no baseline.</param>
/// <param name="MaxRegression">How much more than in the baseline they may take, as a fraction.</param>
internal sealed record ModelLimits(LatencyBudget? DefaultBudget, LatencyBaseline? Baseline, double MaxRegression)
{
    internal ModelVerdict Judge(ITaskItem model, BuildReport report)
    {
        var budget = LatencyBudget.TryParse(model.GetMetadata(Metadata.LatencyBudget)) ?? DefaultBudget;
        var before = report.Device is null ? null : Baseline?.Find(model.GetMetadata(Metadata.FullPath), report.Device);
        return new ModelVerdict(model, report, budget, before, [.. Failures(report, budget, before)]);
    }

    private IEnumerable<Finding> Failures(BuildReport report, LatencyBudget? budget, double? before)
    {
        if (report.Status == ReportStatus.Failed) yield break;

        if (budget is { } limit && BudgetJudge.OverBudget(report, limit) is { } over)
            yield return new Finding(DiagnosticCode.OverBudget, over);
        if (before is { } baseline && BudgetJudge.Regression(report, baseline, MaxRegression) is { } regression)
            yield return new Finding(DiagnosticCode.Regression, regression);
    }
}

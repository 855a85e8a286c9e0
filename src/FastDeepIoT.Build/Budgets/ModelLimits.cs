using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.Build.Baselines;
using FastDeepIoT.Build.Items;
using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Budgets;

/// <summary>What predicted times are held against.</summary>
/// <param name="DefaultBudget">The budget of models that have none of their own; null for none.</param>
/// <param name="Basis">Which time of a prediction is held against budgets.</param>
/// <param name="Baseline">What models took before; null for no baseline.</param>
/// <param name="MaxRegression">How much more than in the baseline they may take, as a fraction.</param>
internal sealed record ModelLimits(LatencyBudget? DefaultBudget, BudgetBasis Basis, LatencyBaseline? Baseline, double MaxRegression)
{
    internal ModelVerdict Judge(ITaskItem model, BuildReport report)
    {
        var budget = LatencyBudget.TryParse(model.GetMetadata(Metadata.LatencyBudget)) ?? DefaultBudget;
        LatencyLimit? limit = budget is { } most ? new LatencyLimit(most.Nanoseconds, Basis) : null;
        var before = report.Device is null ? null : Baseline?.Find(model.GetMetadata(Metadata.FullPath), report.Device);
        return new ModelVerdict(model, report, limit, before, report.Status == ReportStatus.Failed ? [] : [.. Failures(report, limit, before)]);
    }

    private IEnumerable<Finding> Failures(BuildReport report, LatencyLimit? limit, double? before) => new[]
    {
        limit is { } budget ? BudgetJudge.OverBudget(report, budget) : null,
        before is { } baseline ? BudgetJudge.Regression(report, baseline, MaxRegression) : null,
        before is null && Baseline is not null ? BudgetJudge.NotInBaseline(report) : null,
    }.OfType<Finding>();
}

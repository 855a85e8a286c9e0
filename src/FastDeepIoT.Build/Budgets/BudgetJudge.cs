using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Budgets;

/// <summary>Whether a delivered model keeps its limits. Each method returns the text of a finding, or null when all is well.</summary>
internal static class BudgetJudge
{
    /// <summary>FDI2001.</summary>
    internal static string? OverBudget(BuildReport report, LatencyBudget budget)
    {
        if (report.Optimized is not { } time)
            return $"'{report.Model}' has a budget of {budget}, but no time can be predicted for it. "
                + "See the findings about this model, or remove its LatencyBudget.";

        return time.Nanoseconds <= budget.Nanoseconds
            ? null
            : LatencyText.OverBudget(report.Model, report.Device ?? "", time, budget.Nanoseconds, report.Layers);
    }

    /// <summary>FDI2002.</summary>
    internal static string? Regression(BuildReport report, double baselineNanoseconds, double allowed) =>
        report.Optimized is { } time && time.Nanoseconds > baselineNanoseconds * (1 + allowed)
            ? LatencyText.Regression(report.Model, report.Device ?? "", time, baselineNanoseconds, allowed, report.Layers)
            : null;
}

using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Budgets;

/// <summary>Whether a delivered model keeps its limits. Each method returns a finding, or null when all is well.</summary>
internal static class BudgetJudge
{
    private const string Update = "dotnet build -t:FastDeepIoTUpdateBaseline";

    /// <summary>FDI2001.</summary>
    internal static Finding? OverBudget(BuildReport report, LatencyLimit budget)
    {
        if (report.Facts is not { } facts)
            return new Finding(DiagnosticCode.OverBudget,
                $"'{report.Model}' has a budget of {LatencyText.Of(budget.Nanoseconds)}, but no time can be predicted for it. "
                + "See the findings about this model, or remove its LatencyBudget.");

        return budget.Excess(facts.Time) > 0 ? new Finding(DiagnosticCode.OverBudget, LatencyText.OverBudget(facts, budget)) : null;
    }

    /// <summary>FDI2002.</summary>
    internal static Finding? Regression(BuildReport report, double baselineNanoseconds, double allowed) =>
        report.Facts is { } facts && facts.Time.Nanoseconds > baselineNanoseconds * (1 + allowed)
            ? new Finding(DiagnosticCode.Regression, LatencyText.Regression(facts, baselineNanoseconds, allowed))
            : null;

    /// <summary>FDI2007.</summary>
    internal static Finding? NotInBaseline(BuildReport report) =>
        report.Facts is { } facts ? new Finding(DiagnosticCode.NotInBaseline, LatencyText.NotInBaseline(facts.Model, facts.Device, Update)) : null;
}

using System.Globalization;
using FastDeepIoT.Build.Budgets;

namespace FastDeepIoT.Build.Reports;

/// <summary>One model in one line: <c>models/digits.onnx: 0.153 ms -> 0.065 ms (2.4x), budget 0.100 ms kept [xeon-1-thread]</c>.</summary>
internal static class SummaryLine
{
    internal static string Of(BuildReport report, LatencyBudget? budget) =>
        $"  {report.Model}: {Outcome(report)}{Budget(report, budget)}{(report.Device is null ? "" : $" [{report.Device}]")}";

    private static string Outcome(BuildReport report) => (report.Status, report.Original, report.Optimized) switch
    {
        (ReportStatus.Failed, _, _) => "failed",
        (_, { } original, { } optimized) when report.Status == ReportStatus.Optimized =>
            $"{Duration.Format(original.Milliseconds)} -> {Duration.Format(optimized.Milliseconds)} ({Ratio(original, optimized)}x)",
        (_, _, { } optimized) => Duration.Format(optimized.Milliseconds),
        _ => "no time predicted",
    };

    private static string Ratio(PredictedTime original, PredictedTime optimized) =>
        (original.Milliseconds / optimized.Milliseconds).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Budget(BuildReport report, LatencyBudget? budget) => (budget, report.Optimized) switch
    {
        ({ } limit, { } time) when report.Status != ReportStatus.Failed =>
            $", budget {limit} {(time.Milliseconds <= limit.Milliseconds ? "kept" : "missed")}",
        _ => "",
    };
}

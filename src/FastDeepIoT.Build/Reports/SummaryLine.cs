using System.Globalization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>One model in one line: <c>models/digits.onnx: 153 us -> 65.0 us (2.4x), budget 100 us kept [gateway]</c>.</summary>
internal static class SummaryLine
{
    internal static string Of(BuildReport report, LatencyLimit? budget) =>
        $"  {report.Model}: {Outcome(report)}{Budget(report, budget)}{(report.Device is null ? "" : $" [{report.Device}]")}";

    private static string Outcome(BuildReport report) => (report.Status, report.Original, report.Optimized) switch
    {
        (ReportStatus.Failed, _, _) => "failed",
        (ReportStatus.Optimized, { } original, { } optimized) =>
            $"{LatencyText.Of(original.Nanoseconds)} -> {LatencyText.Of(optimized.Nanoseconds)} ({Ratio(original, optimized)}x)",
        (_, _, { } optimized) => LatencyText.Of(optimized.Nanoseconds),
        _ => "no time predicted",
    };

    private static string Ratio(Prediction original, Prediction optimized) =>
        (original.Nanoseconds / optimized.Nanoseconds).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Budget(BuildReport report, LatencyLimit? budget) => (budget, report.Optimized) switch
    {
        ({ } limit, { } time) when report.Status != ReportStatus.Failed =>
            $", budget {LatencyText.Of(limit.Nanoseconds)} {Kept(time, limit)}",
        _ => "",
    };

    /// <summary>All models of a device in one line.</summary>
    internal static string Of(TotalVerdict total) =>
        $"  total: {LatencyText.Of(total.Time.Nanoseconds)}, budget {LatencyText.Of(total.Budget.Nanoseconds)} {Kept(total.Time, total.Budget)} [{total.Device}]";

    private static string Kept(Prediction time, LatencyLimit limit) =>
        (limit.Excess(time) > 0 ? "missed" : "kept") + (limit.Basis == BudgetBasis.UpperBound ? $" at {LatencyText.Of(time.HighNanoseconds)}" : "");
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the build made of the models of a project, as Markdown, for a pull request to show.</summary>
internal static class SummaryMarkdown
{
    internal static string Of(IReadOnlyList<ModelVerdict> verdicts, IReadOnlyList<TotalVerdict> totals)
    {
        var text = new StringBuilder("### ONNX models, predicted latency\n\n")
            .Append("| | model | device | original | delivered | budget | baseline |\n|---|---|---|---:|---:|---:|---:|\n");
        foreach (var verdict in verdicts) text.Append(Row(verdict));
        foreach (var total in totals) text.Append(Row(total));
        foreach (var (verdict, failure) in verdicts.SelectMany(verdict => verdict.Failures.Select(failure => (verdict, failure))))
            text.Append($"\n- **[{failure.Code}]({failure.Code.HelpLink})** `{verdict.Report.Model}`: {Escape(failure.Message)}\n");
        foreach (var failure in totals.Select(total => total.Failure).OfType<Finding>())
            text.Append($"\n- **[{failure.Code}]({failure.Code.HelpLink})** {Escape(failure.Message)}\n");
        return text.ToString();
    }

    private static string Row(ModelVerdict verdict)
    {
        var report = verdict.Report;
        var passed = report.Status != ReportStatus.Failed && !verdict.Failures.Any(failure => failure.Code != DiagnosticCode.NotInBaseline);
        return $"| {Mark(passed)} | `{report.Model}` | {Escape(report.Device ?? "")} | {Time(report.Original)} | {Time(report.Optimized)} "
            + $"| {Budget(verdict.Budget)} | {Baseline(verdict.BaselineNanoseconds)} |\n";
    }

    private static string Row(TotalVerdict total) =>
        $"| {Mark(total.Failure is null)} | **total** | {Escape(total.Device)} | | {Time(total.Time)} | {Budget(total.Budget)} | |\n";

    private static string Mark(bool passed) => passed ? "✅" : "❌";

    private static string Time(Prediction? time) => time is { } known ? LatencyText.Of(known.Nanoseconds) : "";

    private static string Budget(LatencyLimit? budget) => budget is not { } limit ? ""
        : LatencyText.Of(limit.Nanoseconds) + (limit.Basis == BudgetBasis.UpperBound ? " (upper end)" : "");

    private static string Baseline(double? nanoseconds) => nanoseconds is { } known ? LatencyText.Of(known) : "";

    private static string Escape(string text) =>
        string.Concat(text.Select(c => "|*_<[`".IndexOf(c) >= 0 ? "\\" + c : c.ToString(CultureInfo.InvariantCulture)));
}

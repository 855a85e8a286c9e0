using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using FastDeepIoT.Build.Budgets;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the build made of the models of a project, as Markdown, for a pull request to show.</summary>
internal static class SummaryMarkdown
{
    internal static string Of(IReadOnlyList<ModelVerdict> verdicts)
    {
        var text = new StringBuilder("### ONNX models, predicted latency\n\n")
            .Append("| | model | device | original | delivered | budget | baseline |\n|---|---|---|---:|---:|---:|---:|\n");
        foreach (var verdict in verdicts) text.Append(Row(verdict));
        foreach (var (verdict, failure) in verdicts.SelectMany(verdict => verdict.Failures.Select(failure => (verdict, failure))))
            text.Append($"\n- **[{failure.Code}]({failure.Code.HelpLink})** `{verdict.Report.Model}`: {Escape(failure.Message)}\n");
        return text.ToString();
    }

    private static string Row(ModelVerdict verdict)
    {
        var report = verdict.Report;
        var passed = verdict.Failures.Count == 0 && report.Status != ReportStatus.Failed;
        return $"| {(passed ? "✅" : "❌")} | `{report.Model}` | {Escape(report.Device ?? "")} | {Time(report.Original)} | {Time(report.Optimized)} "
            + $"| {Budget(verdict.Budget)} | {Baseline(verdict.BaselineNanoseconds)} |\n";
    }

    private static string Time(Prediction? time) => time is { } known ? LatencyText.Of(known.Nanoseconds) : "";

    private static string Budget(LatencyBudget? budget) => budget?.ToString() ?? "";

    private static string Baseline(double? nanoseconds) => nanoseconds is { } known ? LatencyText.Of(known) : "";

    private static string Escape(string text) =>
        string.Concat(text.Select(c => "|*_<[`".IndexOf(c) >= 0 ? "\\" + c : c.ToString(CultureInfo.InvariantCulture)));
}

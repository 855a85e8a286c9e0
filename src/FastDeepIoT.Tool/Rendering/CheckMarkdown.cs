using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Checked models as Markdown, for a pull request to show.</summary>
internal static class CheckMarkdown
{
    /// <summary>A table, and the reasons of what failed.</summary>
    internal static string Of(CheckResult result)
    {
        var text = new StringBuilder("### Predicted latency\n\n")
            .Append("| | model | device | predicted | 80% interval | budget | baseline |\n|---|---|---|---:|---|---:|---:|\n");
        foreach (var check in result.Models) text.Append(Row(check));
        if (result.Total is { } total) text.Append(Row(total));
        text.Append('\n').Append(CheckText.Verdict(result)).Append('\n');
        foreach (var (finding, _) in result.Findings.Where(finding => finding.Severity != FindingSeverity.Message))
            text.Append($"\n- **[{finding.Code}]({finding.Code.HelpLink})** `{finding.File}`: {Escape(finding.Message)}\n");
        return text.ToString();
    }

    private static string Row(ModelCheck check)
    {
        var baseline = check.BaselineNanoseconds is null ? "" : CheckText.Baseline(check);
        return $"| {Mark(check.Passed)} | `{check.Model.Path}` | {Escape(check.Model.Device)} | {Times(check.Model.Prediction.Time)} "
            + $"| {CheckText.Budget(check.Budget)} | {baseline} |\n";
    }

    private static string Row(TotalCheck total) =>
        $"| {Mark(total.Passed)} | **total** | | {Times(total.Time)} | {CheckText.Budget(total.Budget)} | |\n";

    private static string Mark(bool passed) => passed ? "✅" : "❌";

    private static string Times(Prediction time) => $"{Duration.Text(time.Nanoseconds)} | {CheckText.Interval(time)}";

    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is '|' or '*' or '_' or '<' or '[' or '`' ? $"\\{c}" : $"{c}"));
}

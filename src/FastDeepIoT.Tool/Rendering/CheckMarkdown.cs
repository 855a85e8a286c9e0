using System.Text;

namespace FastDeepIoT.Tool;

/// <summary>Checked models as Markdown, for a pull request to show.</summary>
internal static class CheckMarkdown
{
    /// <summary>A table, and the reasons of what failed.</summary>
    internal static string Of(IReadOnlyList<ModelCheck> checks)
    {
        var text = new StringBuilder("### Predicted latency\n\n")
            .Append("| | model | device | predicted | 80% interval | budget | baseline |\n|---|---|---|---:|---|---:|---:|\n");
        foreach (var check in checks) text.Append(Row(check));
        text.Append('\n').Append(CheckText.Verdict(checks)).Append('\n');
        foreach (var failure in checks.SelectMany(check => check.Failures))
            text.Append($"\n- **[{failure.Code}]({failure.Code.HelpLink})** `{failure.File}`: {Escape(failure.Message)}\n");
        return text.ToString();
    }

    private static string Row(ModelCheck check)
    {
        var time = check.Model.Prediction.Time;
        var interval = $"{Duration.Text(time.LowNanoseconds)} to {Duration.Text(time.HighNanoseconds)}";
        return $"| {(check.Passed ? "✅" : "❌")} | `{check.Model.Path}` | {Escape(check.Model.Device)} | {Duration.Text(time.Nanoseconds)} "
            + $"| {interval} | {check.Budget?.ToString() ?? ""} | {(check.BaselineNanoseconds is null ? "" : CheckText.Baseline(check))} |\n";
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is '|' or '*' or '_' or '<' or '[' or '`' ? $"\\{c}" : $"{c}"));
}

using System.Text;

namespace FastDeepIoT.Tool;

/// <summary>Checked models for people.</summary>
internal static class CheckText
{
    /// <summary>A table, and the verdict.</summary>
    internal static string Of(IReadOnlyList<ModelCheck> checks)
    {
        var table = new TextTable("", ">predicted", "80% interval", ">budget", ">baseline", "model", "device");
        foreach (var check in checks)
        {
            var time = check.Model.Prediction.Time;
            table.Add(check.Passed ? "ok" : "FAILED", Duration.Text(time.Nanoseconds),
                $"{Duration.Text(time.LowNanoseconds)} to {Duration.Text(time.HighNanoseconds)}", check.Budget?.ToString() ?? "-",
                Baseline(check), check.Model.Path, check.Model.Device);
        }

        return new StringBuilder(table.Text()).Append(Verdict(checks)).Append('\n').ToString();
    }

    /// <summary>The baseline and how far the prediction is from it.</summary>
    internal static string Baseline(ModelCheck check) => check.BaselineNanoseconds is { } before
        ? $"{Duration.Text(before)} ({Change(check.Model.Prediction.Time.Nanoseconds / before - 1)})"
        : "-";

    /// <summary>How many failed.</summary>
    internal static string Verdict(IReadOnlyList<ModelCheck> checks) => checks.Count(check => !check.Passed) is > 0 and var failed
        ? $"{failed} of {Number.Count(checks.Count, "model")} failed."
        : $"{Number.Count(checks.Count, "model")} checked, none failed.";

    private static string Change(double fraction) => (fraction >= 0 ? "+" : "") + Number.Percent(fraction);
}

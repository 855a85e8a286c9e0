using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Checked models for people.</summary>
internal static class CheckText
{
    /// <summary>A table, and the verdict.</summary>
    internal static string Of(CheckResult result)
    {
        var table = new TextTable("", ">predicted", "80% interval", ">budget", ">baseline", "model", "device");
        foreach (var check in result.Models)
            table.Add(Mark(check.Passed), Duration.Text(check.Model.Prediction.Time.Nanoseconds), Interval(check.Model.Prediction.Time),
                check.Budget is null ? "-" : Budget(check.Budget), Baseline(check), check.Model.Path, check.Model.Device);
        if (result.Total is { } total)
            table.Add(Mark(total.Passed), Duration.Text(total.Time.Nanoseconds), Interval(total.Time), Budget(total.Budget), "-", "total", "");

        return new StringBuilder(table.Text()).Append(Verdict(result)).Append('\n').ToString();
    }

    /// <summary>Both ends of a predicted time.</summary>
    internal static string Interval(Prediction time) => $"{Duration.Text(time.LowNanoseconds)} to {Duration.Text(time.HighNanoseconds)}";

    /// <summary>A budget, and what is held against it where that is not the predicted time itself.</summary>
    internal static string Budget(LatencyLimit? budget) => budget is not { } limit ? ""
        : Duration.Text(limit.Nanoseconds) + (limit.Basis == BudgetBasis.UpperBound ? " (upper end)" : "");

    /// <summary>The baseline and how far the prediction is from it.</summary>
    internal static string Baseline(ModelCheck check) => check.BaselineNanoseconds is { } before
        ? $"{Duration.Text(before)} ({Change(check.Model.Prediction.Time.Nanoseconds / before - 1)})"
        : "-";

    /// <summary>How many failed.</summary>
    internal static string Verdict(CheckResult result)
    {
        var total = result.Total is { Passed: false } ? " Together they failed." : "";
        return result.Models.Count(check => !check.Passed) is > 0 and var failed
            ? $"{failed} of {Number.Count(result.Models.Count, "model")} failed.{total}"
            : $"{Number.Count(result.Models.Count, "model")} checked, none failed.{total}";
    }

    private static string Mark(bool passed) => passed ? "ok" : "FAILED";

    private static string Change(double fraction) => (fraction >= 0 ? "+" : "") + Number.Percent(fraction);
}

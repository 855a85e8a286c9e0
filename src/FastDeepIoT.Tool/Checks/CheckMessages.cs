using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The messages of findings about a model, one method each.</summary>
internal static class CheckMessages
{
    /// <summary>FDI2001.</summary>
    internal static Finding OverBudget(PredictedModel model, Duration budget) => new(DiagnosticCode.OverBudget,
        $"Predicted latency {Time(model)} exceeds the budget of {Duration.Short(budget.Nanoseconds)} by {Growth(model, budget.Nanoseconds)}. {CostText.Costliest(model)}",
        model.Path);

    /// <summary>FDI2002.</summary>
    internal static Finding Regression(PredictedModel model, double baseline, Percent allowed) => new(DiagnosticCode.Regression,
        $"Predicted latency {Time(model)} is {Growth(model, baseline)} more than the {Duration.Text(baseline)} of the baseline; "
        + $"{allowed} is allowed. If the growth is wanted, run the check with --update-baseline. {CostText.Costliest(model)}", model.Path);

    /// <summary>FDI2003.</summary>
    internal static Finding Unmodelled(PredictedModel model) => new(DiagnosticCode.Unmodelled,
        $"The device model '{model.Device}' has no time for {string.Join(", ", model.Prediction.Unmodelled)}: the model takes longer than "
        + "predicted. Profile the device with a newer fastdeepiot, or measure the model with 'fastdeepiot measure'.", model.Path);

    private static string Time(PredictedModel model) =>
        $"{Duration.Text(model.Prediction.Time.Nanoseconds)} ({PredictionText.Interval(model.Prediction.Time)}) on '{model.Device}'";

    private static string Growth(PredictedModel model, double from) => Number.Percent(model.Prediction.Time.Nanoseconds / from - 1);
}

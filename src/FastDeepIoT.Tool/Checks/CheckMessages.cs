using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The findings about a model, one method each.</summary>
internal static class CheckMessages
{
    private const int LayersNamed = 3;

    /// <summary>FDI2001.</summary>
    internal static Finding OverBudget(PredictedModel model, Duration budget) => new(DiagnosticCode.OverBudget,
        LatencyText.OverBudget(model.Path, model.Device, model.Prediction.Time, budget.Nanoseconds, model.Costs(LayersNamed)), model.Path);

    /// <summary>FDI2002.</summary>
    internal static Finding Regression(PredictedModel model, double baseline, Percent allowed) => new(DiagnosticCode.Regression,
        LatencyText.Regression(model.Path, model.Device, model.Prediction.Time, baseline, allowed.Fraction, model.Costs(LayersNamed)),
        model.Path);

    /// <summary>FDI2003; null when every operator has a time.</summary>
    internal static Finding? Unmodelled(PredictedModel model) => model.Prediction.Unmodelled.Count == 0 ? null : new(
        DiagnosticCode.Unmodelled,
        $"The device model '{model.Device}' has no time for {string.Join(", ", model.Prediction.Unmodelled)}: the model takes longer than "
        + "predicted. Profile the device with a newer fastdeepiot, or measure the model with 'fastdeepiot measure'.", model.Path);

    /// <summary>FDI2004; null when no layer lies on a cliff.</summary>
    internal static Finding? OnCliff(PredictedModel model)
    {
        if (model.Cliffs.Count == 0) return null;

        var worst = model.Cliffs.OrderByDescending(pair => pair.Value.SavedNanoseconds).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal)
            .Take(LayersNamed).Select(pair => $"'{pair.Key.Name}': {pair.Value.Advice}");
        var layers = model.Cliffs.Count == 1 ? "1 layer lies" : $"{model.Cliffs.Count} layers lie";
        return new Finding(DiagnosticCode.ModelOnCliff,
            $"{layers} on an execution-time cliff of '{model.Device}'. {string.Join("; ", worst)}. "
            + "Run 'fastdeepiot optimize' to pad such widths.",
            model.Path);
    }
}

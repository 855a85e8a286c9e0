using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The findings about a model, one method each.</summary>
internal static class CheckMessages
{
    private const int LayersNamed = 3;
    private const string Optimize = "'fastdeepiot optimize' pads such widths without changing results";

    /// <summary>FDI2001 about a model as it was given.</summary>
    internal static Finding OverBudget(PredictedModel model, LatencyLimit budget) =>
        new(DiagnosticCode.OverBudget, LatencyText.OverBudget(model.Facts(Optimize), budget), model.Path);

    /// <summary>FDI2001 about a model that has just been optimized.</summary>
    internal static Finding StillOverBudget(PredictedModel model, LatencyLimit budget) =>
        new(DiagnosticCode.OverBudget, LatencyText.OverBudget(model.Facts(padding: null), budget), model.Path);

    /// <summary>FDI2001 about all models together; the file is the costliest of them.</summary>
    internal static Finding OverTotal(IReadOnlyList<PredictedModel> models, LatencyLimit budget) => new(DiagnosticCode.OverBudget,
        LatencyText.OverTotal([.. models.Select(model => model.Facts(Optimize))], budget),
        models.MaxBy(model => model.Prediction.Time.Nanoseconds)!.Path);

    /// <summary>FDI2002.</summary>
    internal static Finding Regression(PredictedModel model, double baseline, Percent allowed) =>
        new(DiagnosticCode.Regression, LatencyText.Regression(model.Facts(Optimize), baseline, allowed.Fraction), model.Path);

    /// <summary>FDI2007.</summary>
    internal static Finding NotInBaseline(PredictedModel model) =>
        new(DiagnosticCode.NotInBaseline, LatencyText.NotInBaseline(model.Path, model.Device, "--update-baseline"), model.Path);

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

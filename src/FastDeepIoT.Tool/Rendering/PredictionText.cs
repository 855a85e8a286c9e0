using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predictions for people.</summary>
internal static class PredictionText
{
    private const int LayersShown = 10;

    /// <summary>All models, one after the other.</summary>
    internal static string Of(IReadOnlyList<PredictedModel> models) => string.Join('\n', models.Select(Of));

    private static string Of(PredictedModel model)
    {
        var time = model.Prediction.Time;
        var text = new StringBuilder()
            .Append($"{model.Path} on {model.Device}: {LatencyText.Of(time)}\n")
            .Append(Layers(model));
        if (model.Cliffs.Count > 0)
            text.Append($"  {Number.Count(model.Cliffs.Count, "layer")} on a cliff, "
                + $"{LatencyText.Of(model.Cliffs.Values.Sum(cliff => cliff.SavedNanoseconds))} in all. 'fastdeepiot optimize' pads such widths.\n");
        if (model.Prediction.Unmodelled is { Count: > 0 } unmodelled)
            text.Append($"  Not covered by the device model, so not in the total: {string.Join(", ", unmodelled)}\n");
        if (model.Prediction.Layers.Count(layer => layer.Extrapolates) is > 0 and var count)
            text.Append($"  * {Number.Count(count, "layer")} outside the shapes that the device model was learned from: less certain.\n");
        return text.ToString();
    }

    private static string Layers(PredictedModel model)
    {
        var shown = model.Costliest(LayersShown);
        if (shown.Count == 0) return "";

        var table = new TextTable(">time", ">share", "kind", "layer", "");
        foreach (var layer in shown)
            table.Add(Duration.Text(layer.Time.Nanoseconds), Number.Percent(model.ShareOf(layer)), layer.Kind,
                layer.Name + (layer.Extrapolates ? " *" : ""), CliffOf(model, layer));
        var others = model.Prediction.Layers.Count(layer => layer.Time.Nanoseconds > 0) - shown.Count;
        if (others > 0)
            table.Add(Duration.Text(model.Prediction.Time.Nanoseconds - shown.Sum(layer => layer.Time.Nanoseconds)),
                Number.Percent(1 - shown.Sum(model.ShareOf)), "", $"{Number.Count(others, "other layer")}", "");
        return table.Text("  ");
    }

    private static string CliffOf(PredictedModel model, LayerPrediction layer) =>
        model.CliffOf(layer) is { } cliff ? "cliff: " + cliff.Advice : "";
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Says where the time of a model goes and what would help: the same words in every command and in the build.</summary>
internal static class CostText
{
    private const int LayersNamed = 3;

    /// <summary>The three costliest layers, each with its share.</summary>
    internal static string Costliest(PredictedModel model) => model.Costliest(LayersNamed) is { Count: > 0 } layers
        ? $"Costliest layers: {string.Join("; ", layers.Select(layer => Layer(model, layer)))}."
        : "No layer of it is covered by the device model.";

    private static string Layer(PredictedModel model, LayerPrediction layer) =>
        $"'{layer.Name}' {Duration.Text(layer.Time.Nanoseconds)} ({Number.Percent(model.ShareOf(layer))})";
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Lines up the layers of two predictions of nearly the same network.</summary>
internal static class LayerOutcomes
{
    internal static IReadOnlyList<LayerOutcome> Of(IReadOnlyList<LayerPrediction> before, IReadOnlyList<LayerPrediction> after)
    {
        var rest = after.GroupBy(Key).ToDictionary(group => group.Key, group => new Queue<LayerPrediction>(group));
        var outcomes = before.Select(layer => new LayerOutcome(layer.Name, layer.Kind, layer.Time.Nanoseconds,
            rest.TryGetValue(Key(layer), out var same) && same.TryDequeue(out var now) ? now.Time.Nanoseconds : null)).ToList();
        return [.. outcomes, .. rest.Values.SelectMany(layers => layers).Select(layer => new LayerOutcome(layer.Name, layer.Kind, null, layer.Time.Nanoseconds))];
    }

    private static (string, string) Key(LayerPrediction layer) => (layer.Name, layer.Kind);
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Lines up the layers of two predictions of nearly the same network.</summary>
internal static class LayerPairs
{
    /// <summary>Layers and layout changes before and after, in running order of the first network; null where there is none.</summary>
    internal static IEnumerable<(LayerPrediction? Before, LayerPrediction? After)> Of(
        IReadOnlyList<LayerPrediction> before, IReadOnlyList<LayerPrediction> after)
    {
        var rest = after.GroupBy(Key).ToDictionary(group => group.Key, group => new Queue<LayerPrediction>(group));
        foreach (var layer in before)
            yield return (layer, rest.TryGetValue(Key(layer), out var same) && same.TryDequeue(out var now) ? now : null);
        foreach (var layer in rest.Values.SelectMany(layers => layers)) yield return (null, layer);
    }

    private static (string, string) Key(LayerPrediction layer) => (layer.Name, layer.Kind);
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A model with its predicted time on a device.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Device">The name of the device model.</param>
/// <param name="Prediction">Times of the whole and of its layers.</param>
/// <param name="Cliffs">The layers that lie on a cliff.</param>
/// <param name="Findings">What the user should know.</param>
internal sealed record PredictedModel(
    string Path, string Device, NetworkPrediction Prediction,
    IReadOnlyDictionary<LayerPrediction, LayerCliff> Cliffs, IReadOnlyList<Finding> Findings)
{
    private const int LayersNamed = 3;
    private const int FixesWeighed = 10;

    /// <summary>The share of the whole that a layer takes.</summary>
    internal double ShareOf(LayerPrediction layer) =>
        Prediction.Time.Nanoseconds > 0 ? layer.Time.Nanoseconds / Prediction.Time.Nanoseconds : 0;

    /// <summary>The cliff a layer lies on, or null.</summary>
    internal LayerCliff? CliffOf(LayerPrediction layer) => Cliffs.GetValueOrDefault(layer);

    /// <summary>The layers that cost most, dearest first.</summary>
    internal IReadOnlyList<LayerPrediction> Costliest(int count) =>
        [.. Prediction.Layers.Where(layer => layer.Time.Nanoseconds > 0).OrderByDescending(layer => layer.Time.Nanoseconds).Take(count)];

    /// <summary>The costliest layers as messages name them.</summary>
    internal IReadOnlyList<LayerCost> Costs(int count) =>
        [.. Costliest(count).Select(layer =>
            new LayerCost(layer.Name, layer.Kind, layer.Time.Nanoseconds, ShareOf(layer), CliffOf(layer)?.Advice))];

    /// <summary>Changes of widths that would help, those that save most first.</summary>
    internal IReadOnlyList<LayerFix> Fixes(int count) =>
        [.. Cliffs.OrderByDescending(pair => pair.Value.SavedNanoseconds).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal).Take(count)
            .Select(pair => new LayerFix(pair.Key.Name, pair.Value.Advice, pair.Value.SavedNanoseconds, pair.Value.Growth))];

    /// <summary>What messages about a missed limit say of it.</summary>
    /// <param name="padding">How its widths are changed without changing results, as a clause; null when that has been done.</param>
    internal LatencyFacts Facts(string? padding) => new(Path, Device, Prediction.Time)
    {
        Layers = Costs(LayersNamed),
        Fixes = Fixes(FixesWeighed),
        Padding = padding,
    };
}

using System.Runtime.CompilerServices;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Finds the layers of a network that lie on a cliff which its designer could leave.</summary>
internal sealed class LayerCliffs(DeviceModel device)
{
    private static readonly CliffOptions Options = new();

    // What it reads off a device model takes as long as judging a small network: once for all models.
    private static readonly ConditionalWeakTable<DeviceModel, CliffFinder> Finders = [];

    private readonly CliffFinder _finder = Finders.GetValue(device, model => new CliffFinder(model));

    /// <summary>The worst cliff of each layer that has one.</summary>
    internal IReadOnlyDictionary<LayerPrediction, LayerCliff> Of(Network network, NetworkPrediction prediction)
    {
        var visible = new VisibleWidths(network);
        var cliffs = new Dictionary<LayerPrediction, LayerCliff>();
        foreach (var layer in prediction.Layers.Where(layer => layer.Time.Nanoseconds > 0))
            if (Worst(layer, visible) is { } cliff) cliffs[layer] = cliff;
        return cliffs;
    }

    private LayerCliff? Worst(LayerPrediction layer, VisibleWidths visible) => LayerWidth.Of(layer.Layer)
        .Where(width => !visible.Fixes(layer.Name, width.IsOutput))
        .Select(width => Find(layer, width))
        .OfType<LayerCliff>()
        .MaxBy(cliff => cliff.SavedNanoseconds);

    private LayerCliff? Find(LayerPrediction layer, LayerWidth width)
    {
        if (_finder.Find(width.Value, [width.At], Options, width.Unit)?.Wider is not { } wider) return null;

        var ratio = wider.Median.Expected;
        return new LayerCliff(width.Feature, width.Value, wider.Width, ratio, layer.Time.Nanoseconds * (1 - 1 / ratio));
    }
}

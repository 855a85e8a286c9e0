using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A layer, and how long it would take in the other layout.</summary>
internal sealed record SlowLayer(LayerPrediction Layer, double FastNanoseconds);

/// <summary>Finds layers that the device runs in the plain layout although it has a faster one for their kind.</summary>
internal static class SlowPaths
{
    // What is worth a message: half as long again, and a share of the network that would be noticed.
    private const double SmallestRatio = 1.5, SmallestShare = 0.05;

    /// <summary>Those layers, the costliest first.</summary>
    internal static IReadOnlyList<SlowLayer> Of(DeviceModel device, NetworkPrediction prediction) =>
    [
        .. prediction.Layers.Where(layer => layer.Placement == Placement.Plain && !layer.Extrapolates)
            .Select(layer => new SlowLayer(layer, FastTime(device, layer)))
            .Where(slow => slow.Layer.Time.Nanoseconds >= SmallestRatio * slow.FastNanoseconds
                && slow.Layer.Time.Nanoseconds - slow.FastNanoseconds >= SmallestShare * prediction.Time.Nanoseconds)
            .OrderByDescending(slow => slow.Layer.Time.Nanoseconds).ThenBy(slow => slow.Layer.Name, StringComparer.Ordinal),
    ];

    // Where the other layout was never seen, or not for such sizes, nothing is known of it.
    private static double FastTime(DeviceModel device, LayerPrediction layer)
    {
        if (!device.Kinds.TryGetValue(layer.Kind, out var kind) || kind is not { Plain: not null, Internal: { } inner }) return double.PositiveInfinity;

        double[] values = [.. layer.Layer.Values];
        var leaf = inner.Find(values);
        return leaf.Extrapolates(values) ? double.PositiveInfinity : leaf.Predict(values).Nanoseconds;
    }
}

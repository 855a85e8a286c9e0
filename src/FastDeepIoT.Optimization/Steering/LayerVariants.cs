using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>A layer at some sizes of its widths.</summary>
/// <param name="layer">The layer; null when it is not described.</param>
/// <param name="predict">Its predicted nanoseconds where its neighbours suit it, asked for once.</param>
internal sealed class LayerVariant(Layer? layer, Func<Layer, double> predict)
{
    private double _alone = double.NaN;

    /// <summary>The layer; null when it is not described.</summary>
    internal Layer? Layer => layer;

    /// <summary>Its predicted time where its neighbours suit it; 0 when nothing is known of it.</summary>
    internal double AloneNanoseconds => double.IsNaN(_alone) ? _alone = layer is null ? 0 : predict(layer) : _alone;
}

/// <summary>The layers of a network at hypothetical widths: each is described and timed once for every combination of sizes it depends on.</summary>
internal sealed class LayerVariants
{
    private readonly RuntimeWidths _runtime;
    private readonly Func<Layer, double> _predict;
    private readonly Dictionary<SizesKey, LayerVariant>[] _known;

    internal LayerVariants(RuntimeWidths runtime, DeviceModel device)
    {
        _runtime = runtime;
        var load = NetworkLoad.Of(runtime.Network);
        _predict = layer => device.Predict(layer, load)?.Time.Nanoseconds ?? 0;
        _known = runtime.Network.Layers.Select(_ => new Dictionary<SizesKey, LayerVariant>()).ToArray();
    }

    /// <summary>A layer at given sizes of widths.</summary>
    internal LayerVariant Of(int layer, Func<Width, long> sizes)
    {
        var extents = _runtime.ExtentsOf[layer];
        var values = new long[extents.Count];
        for (var index = 0; index < values.Length; index++) values[index] = WidthChange.SizeOf(extents[index], sizes);
        var key = new SizesKey(values);
        if (!_known[layer].TryGetValue(key, out var variant)) _known[layer][key] = variant = new LayerVariant(_runtime.Describe(layer, sizes), _predict);
        return variant;
    }
}

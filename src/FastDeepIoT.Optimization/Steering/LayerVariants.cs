using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>A layer at some sizes of its widths.</summary>
/// <param name="Layer">The layer; null when it is not described.</param>
/// <param name="AloneNanoseconds">Its predicted time where its neighbours suit it.</param>
internal sealed record LayerVariant(Layer? Layer, double AloneNanoseconds);

/// <summary>The layers of a network at hypothetical widths: each is described and timed once for every combination of sizes it depends on.</summary>
internal sealed class LayerVariants
{
    private readonly RuntimeWidths _runtime;
    private readonly DeviceModel _device;
    private readonly NetworkLoad _load;
    private readonly Dictionary<SizesKey, LayerVariant>[] _known;

    internal LayerVariants(RuntimeWidths runtime, DeviceModel device)
    {
        (_runtime, _device) = (runtime, device);
        _load = NetworkLoad.Of(runtime.Network);
        _known = runtime.Network.Layers.Select(_ => new Dictionary<SizesKey, LayerVariant>()).ToArray();
    }

    /// <summary>A layer at given sizes of widths.</summary>
    internal LayerVariant Of(int layer, Func<Width, long> sizes)
    {
        var extents = _runtime.ExtentsOf[layer];
        var values = new long[extents.Count];
        for (var index = 0; index < values.Length; index++) values[index] = WidthChange.SizeOf(extents[index], sizes);
        var key = new SizesKey(values);
        if (!_known[layer].TryGetValue(key, out var variant)) _known[layer][key] = variant = Make(_runtime.Describe(layer, sizes));
        return variant;
    }

    private LayerVariant Make(Layer? layer) => new(layer, layer is null ? 0 : _device.Predict(layer, _load)?.Time.Nanoseconds ?? 0);
}

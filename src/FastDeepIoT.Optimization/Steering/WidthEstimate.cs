using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// The predicted time of a network at hypothetical widths. Only layers that a changed group touches are described again, and each
/// description is kept.
/// </summary>
internal sealed class WidthEstimate
{
    private readonly RuntimeWidths _runtime;
    private readonly DeviceModel _device;
    private readonly Dictionary<Width, int> _indexOf;
    private readonly long[] _sizes;
    private readonly NetworkLayer[] _layers;
    private readonly NetworkTensor[] _tensors;
    private readonly Network _network;
    private readonly List<int>[] _groupsOfLayer;
    private readonly Dictionary<(int Layer, string Sizes), Layer?> _described = [];

    internal WidthEstimate(RuntimeWidths runtime, IReadOnlyList<WidthGroup> groups, DeviceModel device)
    {
        (_runtime, _device, Groups) = (runtime, device, groups);
        _indexOf = groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group.Width!, pair => pair.index);
        _sizes = groups.Select(group => group.Size).ToArray();
        _layers = [.. runtime.Network.Layers];
        _tensors = [.. runtime.Network.Tensors];
        _network = runtime.Network with { Layers = _layers, Tensors = _tensors };
        _groupsOfLayer = _layers.Select(_ => new List<int>()).ToArray();
        for (var index = 0; index < groups.Count; index++)
            foreach (var layer in runtime.LayersOf[groups[index]]) _groupsOfLayer[layer].Add(index);
    }

    /// <summary>The groups, by index.</summary>
    internal IReadOnlyList<WidthGroup> Groups { get; }

    /// <summary>The sizes at hand, by group.</summary>
    internal IReadOnlyList<long> Sizes => _sizes;

    /// <summary>Predicted nanoseconds at the sizes at hand.</summary>
    internal double Nanoseconds => _device.Predict(_network).Time.Nanoseconds;

    /// <summary>The size of a width at the sizes at hand.</summary>
    internal long SizeOf(Width width) => _indexOf.TryGetValue(width, out var index) ? _sizes[index] : width.Size;

    /// <summary>Gives a group another size.</summary>
    internal void Set(int group, long size)
    {
        if (_sizes[group] == size) return;

        _sizes[group] = size;
        foreach (var tensor in _runtime.TensorsOf[Groups[group]]) _tensors[tensor] = _runtime.Describe(_runtime.Network.Tensors[tensor], SizeOf);
        foreach (var layer in _runtime.LayersOf[Groups[group]]) _layers[layer] = _layers[layer] with { Layer = Describe(layer) };
    }

    /// <summary>Gives all groups these sizes.</summary>
    internal void Set(IReadOnlyList<long> sizes)
    {
        for (var group = 0; group < sizes.Count; group++) Set(group, sizes[group]);
    }

    /// <summary>Predicted nanoseconds if one group had another size.</summary>
    internal double Try(int group, long size)
    {
        var before = _sizes[group];
        Set(group, size);
        var time = Nanoseconds;
        Set(group, before);
        return time;
    }

    private Layer? Describe(int layer)
    {
        var key = (layer, string.Join(' ', _groupsOfLayer[layer].Select(group => _sizes[group].ToString(CultureInfo.InvariantCulture))));
        if (!_described.TryGetValue(key, out var described)) _described[key] = described = _runtime.Describe(layer, SizeOf);
        return described;
    }
}

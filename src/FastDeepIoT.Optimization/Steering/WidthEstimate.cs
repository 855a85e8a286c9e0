using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// The predicted time of a network at hypothetical widths. Only layers that a changed group touches are described again, when somebody asks
/// for more than is known at these sizes, and each description is kept.
/// </summary>
internal sealed class WidthEstimate
{
    private readonly RuntimeWidths _runtime;
    private readonly DeviceModel _device;
    private readonly Dictionary<Width, int> _indexOf;
    private readonly long[] _sizes, _described;

    // Groups that may have another size than the network is described at.
    private readonly SortedSet<int> _changed = [];

    private readonly NetworkLayer[] _layers;
    private readonly NetworkTensor[] _tensors;
    private readonly Network _network;
    private readonly List<int>[] _groupsOfLayer;
    private readonly LayerVariants _variants;
    private readonly Dictionary<SizesKey, double>[] _timesAround;
    private readonly Func<Width, long> _sizeOf;
    private readonly WidthWindow?[] _windows;
    private NetworkLoad _load;

    internal WidthEstimate(RuntimeWidths runtime, IReadOnlyList<WidthGroup> groups, DeviceModel device)
    {
        (_runtime, _device, Groups, _sizeOf) = (runtime, device, groups, SizeOf);
        _variants = new LayerVariants(runtime, device);
        _indexOf = groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group.Width!, pair => pair.index);
        _sizes = groups.Select(group => group.Size).ToArray();
        _described = [.. _sizes];
        _windows = new WidthWindow?[groups.Count];
        _timesAround = groups.Select(_ => new Dictionary<SizesKey, double>()).ToArray();
        _layers = [.. runtime.Network.Layers];
        _tensors = [.. runtime.Network.Tensors];
        _load = NetworkLoad.Of(runtime.Network);
        _network = runtime.Network with { Layers = _layers, Tensors = _tensors };
        _groupsOfLayer = _layers.Select(_ => new List<int>()).ToArray();
        for (var index = 0; index < groups.Count; index++)
            foreach (var layer in runtime.LayersOf[groups[index]]) _groupsOfLayer[layer].Add(index);
    }

    /// <summary>The groups, by index.</summary>
    internal IReadOnlyList<WidthGroup> Groups { get; }

    /// <summary>The sizes at hand, by group.</summary>
    internal IReadOnlyList<long> Sizes => _sizes;

    /// <summary>The predicted time of the whole network at the sizes at hand.</summary>
    internal NetworkPrediction Prediction => _device.Predict(Described());

    /// <summary>The predicted nanoseconds of the whole network at the sizes at hand.</summary>
    internal double Nanoseconds => _device.Nanoseconds(Described());

    /// <summary>
    /// Predicted nanoseconds of the part of the network that a group can have an influence on, at the sizes at hand: what differs between
    /// two sizes of the group differs in the whole network too.
    /// </summary>
    internal double NanosecondsAround(int group)
    {
        var key = new SizesKey([.. Near(group).Select(near => _sizes[near])]);
        if (!_timesAround[group].TryGetValue(key, out var time)) _timesAround[group][key] = time = _device.Nanoseconds(Around(group), _load);
        return time;
    }

    /// <summary>
    /// Predicted nanoseconds of the layers a group touches at a size, each as if its neighbours suited it: much cheaper than the time around
    /// the group, and enough to tell which sizes are worth looking at closely.
    /// </summary>
    internal double NanosecondsAlone(int group, long size)
    {
        var (before, time) = (_sizes[group], 0.0);
        _sizes[group] = size;
        foreach (var layer in _runtime.LayersOf[Groups[group]]) time += _variants.Of(layer, _sizeOf).AloneNanoseconds;
        _sizes[group] = before;
        return time;
    }

    /// <summary>The size of a width at the sizes at hand.</summary>
    internal long SizeOf(Width width) => _indexOf.TryGetValue(width, out var index) ? _sizes[index] : width.Size;

    /// <summary>Gives a group another size.</summary>
    internal void Set(int group, long size)
    {
        if (_sizes[group] == size) return;
        _sizes[group] = size;
        _changed.Add(group);
    }

    /// <summary>Gives all groups these sizes.</summary>
    internal void Set(IReadOnlyList<long> sizes)
    {
        for (var group = 0; group < sizes.Count; group++) Set(group, sizes[group]);
    }

    /// <summary>The size of a width where all groups have these sizes.</summary>
    internal Func<Width, long> SizesAt(IReadOnlyList<long> sizes) => width => _indexOf.TryGetValue(width, out var index) ? sizes[index] : width.Size;

    /// <summary>The groups whose times depend on the size of a group, itself included.</summary>
    internal IReadOnlyList<int> Near(int group) => WindowOf(group).Groups;

    /// <summary>What a group touches, at the sizes at hand: layers as they are described, then the changes of layout its tensors may need.</summary>
    internal IReadOnlyList<Layer?> LayersOf(int group)
    {
        var tensors = _runtime.TensorsOf[Groups[group]];
        var layers = Described().Layers;
        return [.. _runtime.LayersOf[Groups[group]].Select(layer => layers[layer].Layer),
            .. tensors.Select(tensor => LayoutChange.Of(_tensors[tensor], toInternal: true)),
            .. tensors.Select(tensor => LayoutChange.Of(_tensors[tensor], toInternal: false))];
    }

    /// <summary>What the size at hand of a group is predicted to save over another one.</summary>
    internal PredictedGain GainOver(int group, long size)
    {
        var (before, prediction) = (_sizes[group], PredictAround(group));
        Set(group, size);
        var gain = PredictedGain.Of(PredictAround(group), prediction);
        Set(group, before);
        return gain;
    }

    // The network at the sizes at hand: most questions are answered from what is known, and never get here.
    private Network Described()
    {
        if (_changed.Count == 0) return _network;

        var changed = _changed.Where(group => _described[group] != _sizes[group]).Select(group => Groups[group]).ToList();
        foreach (var group in _changed) _described[group] = _sizes[group];
        _changed.Clear();
        foreach (var tensor in changed.SelectMany(group => _runtime.TensorsOf[group]).Distinct()) DescribeTensor(tensor);
        foreach (var layer in changed.SelectMany(group => _runtime.LayersOf[group]).Distinct()) DescribeLayer(layer);
        return _network;
    }

    private void DescribeTensor(int tensor) => _tensors[tensor] = _runtime.Describe(_runtime.Network.Tensors[tensor], _sizeOf);

    private void DescribeLayer(int layer)
    {
        var described = _variants.Of(layer, _sizeOf).Layer;
        var old = _layers[layer].Layer;
        _load = new NetworkLoad(_load.Bytes + (described?.WeightBytes ?? 0) - (old?.WeightBytes ?? 0), _load.Macs + (described?.Macs ?? 0) - (old?.Macs ?? 0));
        _layers[layer] = _layers[layer] with { Layer = described };
    }

    private NetworkPrediction PredictAround(int group) => _device.Predict(Around(group), _load);

    private Network Around(int group) => WindowOf(group).Cut(Described());

    private WidthWindow WindowOf(int group) =>
        _windows[group] ??= WidthWindow.Around(_network, _runtime.LayersOf[Groups[group]], _groupsOfLayer);
}

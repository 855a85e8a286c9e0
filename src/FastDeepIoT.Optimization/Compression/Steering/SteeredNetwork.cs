using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>The predicted time of a model at hypothetical widths on one device.</summary>
internal sealed class SteeredNetwork
{
    private readonly string? _file;
    private readonly DeviceModel _device;
    private readonly FreeDimensions _dimensions;
    private readonly WidthEstimate _estimate;
    private readonly WeightMemory _memory;

    internal SteeredNetwork(ModelProto model, string? file, WidthGroups groups, DeviceModel device, FreeDimensions dimensions)
    {
        (_file, _device, _dimensions) = (file, device, dimensions);
        Original = RuntimeOf(model);
        Before = device.Predict(Original.Network);
        var widths = new RuntimeWidths(groups, Original);
        Groups = groups.Open.Where(group => widths.LayersOf[group].Count > 0).ToList();
        _estimate = new WidthEstimate(widths, Groups, device);
        _memory = new WeightMemory(groups);
    }

    internal RuntimeGraph Original { get; }

    /// <summary>The original's predicted time.</summary>
    internal NetworkPrediction Before { get; }

    /// <summary>The groups that layers have, by index.</summary>
    internal IReadOnlyList<WidthGroup> Groups { get; }

    /// <summary>The choices of widths that pay, the most careful first: none removed, only padded where that is faster.</summary>
    internal IReadOnlyList<CompressedSizes> Frontier(
        WidthGroups groups, IReadOnlyDictionary<WidthGroup, DivergenceCurve> curves, SteeringOptions steering, CancellationToken cancellation)
    {
        if (Groups.Count == 0) return [];

        var start = new WidthSearch(_estimate, _device, new WeightMemory(groups), steering).Run(null, cancellation);
        return new CompressionSearch(_estimate, _device, curves).Run(start, cancellation);
    }

    /// <summary>Predicted nanoseconds at some widths.</summary>
    internal double TimeAt(IReadOnlyList<long> sizes)
    {
        _estimate.Set(sizes);
        return _estimate.Prediction.Time.Nanoseconds;
    }

    /// <summary>Bytes of weights at some widths.</summary>
    internal long BytesAt(IReadOnlyList<long> sizes)
    {
        _estimate.Set(sizes);
        return _memory.Bytes(_estimate.SizeOf);
    }

    /// <summary>The original's widths.</summary>
    internal IReadOnlyList<long> OriginalSizes => [.. Groups.Select(group => group.Size)];

    /// <summary>A model as the runtime runs it, and its predicted time.</summary>
    internal (Network Network, NetworkPrediction Prediction) Predict(ModelProto model)
    {
        var network = RuntimeOf(model).Network;
        return (network, _device.Predict(network));
    }

    /// <summary>The device.</summary>
    internal DeviceModel Device => _device;

    private RuntimeGraph RuntimeOf(ModelProto model)
    {
        var copy = model.Clone();
        _dimensions.Fix(copy);
        return RuntimeGraph.Of(copy, _file);
    }
}

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
        Predicted = device.Predict(Original.Network);
        var widths = new RuntimeWidths(groups, Original);
        Groups = groups.Open.Where(group => widths.LayersOf[group].Count > 0).ToList();
        _estimate = new WidthEstimate(widths, Groups, device);
        _memory = new WeightMemory(groups);
    }

    internal RuntimeGraph Original { get; }

    /// <summary>The predicted time at the widths it has.</summary>
    internal NetworkPrediction Predicted { get; }

    /// <summary>The groups that layers have, by index.</summary>
    internal IReadOnlyList<WidthGroup> Groups { get; }

    /// <summary>Widths to start from, those of exact mode, and the sizes worth trying from there.</summary>
    /// <param name="narrowable">The groups whose channels can go.</param>
    /// <param name="steering">What padding must be worth.</param>
    /// <param name="cancellation">Stops the search.</param>
    internal (IReadOnlyList<long> Start, long[][] Corners) Corners(IReadOnlyCollection<WidthGroup> narrowable, SteeringOptions steering, CancellationToken cancellation)
    {
        var start = new WidthSearch(_estimate, _device, _memory, steering).Run(null, cancellation).ToArray();
        var indices = Groups.Select((group, index) => (group, index)).Where(pair => narrowable.Contains(pair.group)).Select(pair => pair.index).ToHashSet();
        return (start, new StaircaseCorners(_estimate, _device, indices).Find(start, cancellation));
    }

    /// <summary>The choices of widths that pay, the most careful first.</summary>
    /// <param name="steps">What <see cref="Corners"/> found.</param>
    /// <param name="costs">What a size of a group does to the outputs.</param>
    /// <param name="cancellation">Stops the search.</param>
    internal IReadOnlyList<(double Divergence, double Time, long[] Choice)> Search(
        (IReadOnlyList<long> Start, long[][] Corners) steps, Func<int, long, double> costs, CancellationToken cancellation) =>
        new CompressionSearch(_estimate, _device, steps.Corners, costs).Run(steps.Start, cancellation);

    /// <summary>Predicted nanoseconds at some widths.</summary>
    internal double TimeAt(IReadOnlyList<long> sizes)
    {
        _estimate.Set(sizes);
        return _estimate.Nanoseconds;
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

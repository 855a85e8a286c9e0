using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predicts a model over the sizes of its free dimensions, one at a time, and keeps the cliffs for the analyzer.</summary>
internal sealed class ShapeTimesBuilder(DeviceModel device, FreeDimensions dimensions)
{
    private const long AssumedSize = 1;
    private const int LargestSize = 640;
    private const int MostDimensions = 4;

    // A large network is looked at for fewer sizes, so that the build does not wait.
    private const int MostLayersPredicted = 100_000;

    /// <summary>The shape times of what is delivered; null when it has no free dimensions.</summary>
    internal ShapeTimes? Of(BuildModel model, OptimizedModel delivered)
    {
        var proto = delivered.Result ?? delivered.Source;
        var inputs = FreeDimensions.InputsOf(proto);
        var free = inputs.SelectMany(input => input.Axes).Select(axis => axis.Dimension).OfType<string>().Distinct().ToList();
        return free.Count == 0
            ? null
            : new ShapeTimes(model.Name, device.Name, inputs, [.. free.Take(MostDimensions).Select(name => TimesOf(proto, model.Source, name))]);
    }

    private DimensionTimes TimesOf(ModelProto model, string file, string name)
    {
        var assumed = dimensions.Sizes.TryGetValue(name, out var size) ? size : AssumedSize;
        return new DimensionTimes(name, assumed, Sized(model, file, name) is { } network ? CliffsOf(network) : []);
    }

    private IReadOnlyList<SizeCliff> CliffsOf(SizedNetwork network)
    {
        var largest = Math.Min(LargestSize, MostLayersPredicted / Math.Max(1, network.Layers));
        var sizes = Enumerable.Range(2, Math.Max(0, largest - 1)).Select(size => (long)size);
        return new SizeCliffFinder(device, sizes.ToDictionary(size => size, size => device.Predict(network.At(size))), new CliffOptions()).Find();
    }

    // A size the model cannot have tells that nothing is known, not that the build is wrong.
    private SizedNetwork? Sized(ModelProto model, string file, string name)
    {
        try
        {
            return SizedNetwork.Of(size =>
            {
                var copy = model.Clone();
                new FreeDimensions(new Dictionary<string, long>(dimensions.Sizes) { [name] = size }).Fix(copy);
                return RuntimeGraph.Of(copy, file).Network;
            });
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return null;
        }
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Compares how a device model predicts that the runtime runs each layer of some models, in which layout and with which changes of layout between,
/// with how it does. Nothing is timed.
/// </summary>
internal sealed class PlacementCheck(DeviceModel device, FreeDimensions dimensions)
{
    private readonly Dictionary<string, int> _wrong = [];
    private int _layers;

    internal int Run(IEnumerable<string> paths)
    {
        foreach (var file in ModelFiles.In(paths))
            try
            {
                Check(file);
            }
            catch (InputException e)
            {
                Console.WriteLine($"{file}: {e.Finding}");
            }

        Console.WriteLine($"{_layers} layers and changes of layout, {_wrong.Values.Sum()} predicted otherwise than the runtime does");
        foreach (var (what, times) in _wrong.OrderByDescending(pair => pair.Value)) Console.WriteLine($"  {times,5} {what}");
        return 0;
    }

    private void Check(string file)
    {
        var model = OnnxFile.Read(file);
        dimensions.Fix(model);
        var bytes = NamedModel.Of(model);
        var fused = RuntimeGraph.Of(bytes, file);
        var placements = PlacementReader.Read(fused, OptimizedModel.Of(bytes, GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1, file));
        var predicted = device.Predict(fused.Network).Layers;
        var placed = predicted.GroupBy(layer => layer.Name).ToDictionary(group => group.Key, group => group.First());
        var wrong = new List<string>();
        foreach (var (layer, placement) in fused.Network.Layers.Zip(placements.Of))
            if (placed.TryGetValue(layer.Name, out var prediction) && ++_layers > 0 && prediction.Placement != placement)
                wrong.Add($"{prediction.Kind}: predicted {prediction.Placement}, runs {placement}");

        var (foreseen, made) = (predicted.Where(IsChange).Select(layer => layer.Name).ToList(), placements.Changes.Select(change => fused.Network.Tensors[change.Tensor].Name).ToList());
        _layers += made.Count;
        wrong.AddRange(Missing(made, foreseen).Select(_ => "change of layout: not predicted"));
        wrong.AddRange(Missing(foreseen, made).Select(_ => "change of layout: predicted, not made"));
        foreach (var what in wrong) _wrong[what] = _wrong.GetValueOrDefault(what) + 1;
        if (wrong.Count > 0) Console.WriteLine($"{file}: {string.Join("; ", wrong.CountBy(what => what).Select(pair => $"{pair.Value} x {pair.Key}"))}");
    }

    private static bool IsChange(LayerPrediction layer) => layer.Kind.StartsWith("LayoutChange", StringComparison.Ordinal);

    // A tensor may be changed for several readers.
    private static IEnumerable<string> Missing(IEnumerable<string> names, IEnumerable<string> from)
    {
        var rest = from.ToList();
        return names.Where(name => !rest.Remove(name));
    }
}

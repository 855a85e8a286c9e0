using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The findings about a model itself, one method each, with what mends them.</summary>
internal static class LintMessages
{
    private const int Named = 3;

    /// <summary>What is wrong with the model as it is written.</summary>
    internal static IEnumerable<Finding> Of(ModelLint lint, string path) =>
        new[] { Denormal(lint, path), NotFinite(lint, path), Unused(lint, path), Replaceable(lint, path), EmptyBias(lint, path) }.OfType<Finding>();

    /// <summary>What is slow or unknown about the layers.</summary>
    internal static IEnumerable<Finding> Of(DeviceModel device, Network network, NetworkPrediction prediction, string path) =>
        new[] { RuntimeShapes(network, path), SlowPath(device, prediction, path) }.OfType<Finding>();

    /// <summary>FDI2010; null when there are none.</summary>
    internal static Finding? Denormal(ModelLint lint, string path) => lint.Denormal.Count == 0 ? null : new Finding(DiagnosticCode.DenormalWeights,
        $"{Count(lint.Denormal.Sum(tensor => tensor.Count), "weight is a denormal number", "weights are denormal numbers")}, below the smallest that processors "
        + $"compute with at full speed, in {Names(lint.Denormal)}. Set them to zero with 'fastdeepiot lint --fix out.onnx', or round weights to zero when exporting.", path);

    /// <summary>FDI2011; null when there are none.</summary>
    internal static Finding? NotFinite(ModelLint lint, string path) => lint.NotFinite.Count == 0 ? null : new Finding(DiagnosticCode.WeightsNotFinite,
        $"{Count(lint.NotFinite.Sum(tensor => tensor.Count), "weight is no finite number", "weights are no finite numbers")}, in {Names(lint.NotFinite)}: outputs that "
        + "depend on them are none either. Take a checkpoint from before training diverged, and export it anew.", path);

    /// <summary>FDI2012; null when there are none.</summary>
    internal static Finding? Unused(ModelLint lint, string path) => lint.Unused.Count == 0 ? null : new Finding(DiagnosticCode.UnusedWeights,
        $"Nothing reads {Names(lint.Unused)}: {OptimizationText.Bytes(lint.Unused.Sum(tensor => tensor.Bytes))} that are shipped and loaded for nothing. "
        + "Remove them with 'fastdeepiot lint --fix out.onnx'.", path);

    /// <summary>FDI2015; null when there are none.</summary>
    internal static Finding? Replaceable(ModelLint lint, string path) => lint.Replaceable.Count == 0 ? null : new Finding(DiagnosticCode.ReplaceableWeights,
        $"{Count(lint.Replaceable.Count, "weight is declared as an input", "weights are declared as inputs")} that callers may replace, {Names(lint.Replaceable)}: the runtime can "
        + "neither fold them nor prepare them for its fastest kernels. Make them constant with 'fastdeepiot lint --fix out.onnx', or export without "
        + "keep_initializers_as_inputs.", path);

    /// <summary>FDI2016; null when there are none.</summary>
    internal static Finding? EmptyBias(ModelLint lint, string path) => lint.EmptyBiases.Count == 0 ? null : new Finding(DiagnosticCode.EmptyBias,
        $"{Count(lint.EmptyBiases.Count, "LayerNormalization lists", "LayerNormalizations list")} a bias without a name, '{lint.EmptyBiases[0]}' first: ONNX Runtime ends the process while it loads "
        + "such a model with its default optimizations. Leave the bias out with 'fastdeepiot lint --fix out.onnx', which means the same.", path);

    /// <summary>FDI2013; null when all shapes are known.</summary>
    internal static Finding? RuntimeShapes(Network network, string path)
    {
        var open = network.Layers.Where(layer => layer.Layer is null && OperatorTable.Find(layer.Operator) is { IsDescribed: true }).ToList();
        return open.Count == 0 ? null : new Finding(DiagnosticCode.RuntimeShapes,
            $"The shapes of {Count(open.Count, "layer", "layers")} are known only when the model runs, from '{open[0].Name}' ({open[0].Operator}) on: they are neither timed nor "
            + "made faster. Export the model with fixed sizes, or move what selects and sorts results out of it.", path);
    }

    /// <summary>FDI2014; null when no layer has a faster way worth telling.</summary>
    internal static Finding? SlowPath(DeviceModel device, NetworkPrediction prediction, string path)
    {
        var slow = SlowPaths.Of(device, prediction);
        if (slow.Count == 0) return null;

        var worst = slow.Take(Named).Select(layer => string.Create(CultureInfo.InvariantCulture,
            $"'{layer.Layer.Name}' ({layer.Layer.Kind}): {LatencyText.Of(layer.Layer.Time.Nanoseconds)} instead of {LatencyText.Of(layer.FastNanoseconds)}"));
        return new Finding(DiagnosticCode.SlowPath,
            $"{Count(slow.Count, "layer runs", "layers run")} in the plain layout on '{device.Name}', which has a faster one for such layers. {string.Join("; ", worst)}. "
            + $"'fastdeepiot explain {device.Name}' says when the faster one is taken; 'fastdeepiot optimize' changes widths where that is enough.", path);
    }

    private static string Names(IReadOnlyList<LintedTensor> tensors) =>
        string.Join(", ", tensors.OrderByDescending(tensor => tensor.Count).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).Take(Named).Select(tensor => $"'{tensor.Name}'"))
        + (tensors.Count > Named ? $" and {tensors.Count - Named} more" : "");

    private static string Count(long count, string one, string many) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);
}

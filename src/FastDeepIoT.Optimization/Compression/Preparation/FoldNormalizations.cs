using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a convolution with constant weights whose output only a batch normalization reads.
/// After: the convolution alone, its weights scaled and its bias moved.
/// Conditions: the normalization uses the statistics it learned, and everything involved is a 32-bit floating-point constant.
/// Why equal: (w * x + b - mean) / deviation * scale + shift is a convolution with other numbers.
/// Why: the runtime does the same when it loads the model; repair then sees what the activation behind it sees.
/// </summary>
internal static class FoldNormalizations
{
    private const int Scale = 1, Shift = 2, Mean = 3, Variance = 4;

    /// <summary>A copy of the model without the normalizations that can be folded.</summary>
    internal static ModelProto Apply(ModelProto model)
    {
        var copy = model.Clone();
        var editor = new ModelEditor(copy);
        var uses = copy.Graph.UseCounts();
        var folded = false;
        var producers = copy.Graph.Node.Where(node => node.OpType == "Conv").ToDictionary(node => node.Output[0]);
        foreach (var normalization in copy.Graph.Node.Where(node => node.OpType == "BatchNormalization").ToList())
            if (uses.GetValueOrDefault(normalization.Input[0]) == 1 && producers.TryGetValue(normalization.Input[0], out var convolution) && Fold(editor, convolution, normalization))
                folded = copy.Graph.Node.Remove(normalization);
        if (folded) UnusedParts.Remove(copy);
        return copy;
    }

    private static bool Fold(ModelEditor editor, NodeProto convolution, NodeProto normalization)
    {
        if (normalization.IntegerOf("training_mode", 0) != 0 || normalization.Output.Skip(1).Any(name => name.Length > 0)) return false;
        if (Vector(editor, normalization, Scale) is not { } scale || Vector(editor, normalization, Shift) is not { } shift
            || Vector(editor, normalization, Mean) is not { } mean || Vector(editor, normalization, Variance) is not { } variance) return false;
        if (Values(editor, convolution, 1) is not { } weights || editor.Constant(convolution.Input[1])!.Dims[0] != scale.Length || (Has(convolution, 2) && Vector(editor, convolution, 2) is null)) return false;

        var (bias, epsilon) = (Vector(editor, convolution, 2) ?? new float[scale.Length], normalization.NumberOf("epsilon", 1e-5f));
        var each = weights.Length / scale.Length;
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = (float)(scale[channel] / Math.Sqrt((double)variance[channel] + epsilon));
            for (var at = channel * each; at < (channel + 1) * each; at++) weights[at] *= factor;
            bias[channel] = (bias[channel] - mean[channel]) * factor + shift[channel];
        }

        var key = convolution.Output[0];
        editor.Set(key, 1, SiteWeights.With(editor.Constant(convolution.Input[1])!, weights));
        editor.Set(key, 2, new TensorProto { Name = key + "_bias", DataType = (int)DataType.Float, Dims = { bias.Length }, RawData = SiteWeights.Bytes(bias) });
        editor.Rename(key, normalization.Output[0]);
        return true;
    }

    private static bool Has(NodeProto node, int input) => node.Input.Count > input && node.Input[input].Length > 0;

    private static float[]? Vector(ModelEditor editor, NodeProto node, int input) =>
        Has(node, input) && editor.Constant(node.Input[input]) is { Dims.Count: 1 } ? Values(editor, node, input) : null;

    private static float[]? Values(ModelEditor editor, NodeProto node, int input) =>
        editor.Constant(node.Input[input]) is { DataType: (int)DataType.Float, DataLocation: not DataLocation.External } constant ? SiteWeights.Values(constant) : null;
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a batch normalization that no convolution takes up (<see cref="FoldNormalizations"/>).
/// After: one with mean 0 and variance 1, whose scale and shift do the same.
/// Conditions: it uses the statistics it learned, and all its numbers are 32-bit floating-point constants.
/// Why equal: (x - mean) / deviation * scale + shift is linear in x.
/// Why: scale and shift can then be fitted like the kernel and bias of a depthwise convolution, which estimates the statistics anew.
/// </summary>
internal static class PlainNormalizations
{
    /// <summary>Whether a node is a normalization of that form.</summary>
    internal static bool IsPlain(NodeProto node, Func<string, TensorProto?> constants) =>
        IsInference(node) && Vectors(node, constants) is [_, _, var mean, var variance] && mean.All(value => value == 0)
        && variance.All(value => value == (float)(1 - node.NumberOf("epsilon", 1e-5f)));

    /// <summary>A copy of the model with plain normalizations; the model itself when there are none to change.</summary>
    internal static ModelProto Apply(ModelProto model)
    {
        if (model.Graph.Node.All(node => node.OpType != "BatchNormalization")) return model;

        var copy = model.Clone();
        var editor = new ModelEditor(copy);
        foreach (var node in copy.Graph.Node.Where(node => node.OpType == "BatchNormalization" && IsInference(node)).ToList())
            if (Vectors(node, editor.Constant) is [var scale, var shift, var mean, var variance]) Change(editor, node, scale, shift, mean, variance);
        UnusedParts.Remove(copy);
        return copy;
    }

    private static void Change(ModelEditor editor, NodeProto node, float[] scale, float[] shift, float[] mean, float[] variance)
    {
        var epsilon = node.NumberOf("epsilon", 1e-5f);
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = scale[channel] / Math.Sqrt((double)variance[channel] + epsilon);
            shift[channel] = (float)(shift[channel] - mean[channel] * factor);
            scale[channel] = (float)factor;
        }

        float[][] values = [scale, shift, new float[scale.Length], [.. Enumerable.Repeat((float)(1 - epsilon), scale.Length)]];
        for (var input = 0; input < values.Length; input++)
            editor.Set(node.Output[0], input + 1, new TensorProto { Name = node.Input[input + 1], DataType = (int)DataType.Float, Dims = { scale.Length }, RawData = SiteWeights.Bytes(values[input]) });
    }

    private static bool IsInference(NodeProto node) => node.OpType == "BatchNormalization" && node.IntegerOf("training_mode", 0) == 0 && node.Output.Skip(1).All(name => name.Length == 0);

    private static List<float[]>? Vectors(NodeProto node, Func<string, TensorProto?> constants)
    {
        var vectors = node.Input.Skip(1).Select(constants).Where(constant => constant is { DataType: (int)DataType.Float, Dims.Count: 1, DataLocation: not DataLocation.External })
            .Select(constant => SiteWeights.Values(constant!)).ToList();
        return vectors.Count == 4 && vectors.All(vector => vector.Length == vectors[0].Length) ? vectors : null;
    }
}

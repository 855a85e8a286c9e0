using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Google.Protobuf.Collections;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: weights with denormal numbers, weights that nothing reads, weights that are declared as inputs too, normalizations that list a bias without a name.
/// After: zeros in place of the first, none of the second, the third constant, no bias listed; nothing else changes.
/// Conditions: no caller gives weights of its own. Values that are no finite numbers are left: nobody knows what they should be.
/// Why equal: a denormal number is below 1.2e-38, and what it is multiplied with would have to be larger than any activation for its product
/// to be seen beside the others; the result is verified all the same.
/// Why faster: processors compute with denormal numbers in microcode, and their products are denormal again. A runtime can fold constants into each
/// other and bring them into the layout it computes fastest in, but not what may change with every call.
/// </summary>
public static class LintFix
{
    /// <summary>A copy of a model without what <see cref="ModelLint"/> found and can be mended.</summary>
    public static ModelProto Apply(ModelProto model)
    {
        var copy = model.Clone();
        foreach (var tensor in copy.Tensors().Where(tensor => WeightCensus.Of(tensor).Denormal > 0)) Flush(tensor);

        EmptyBiases.Remove(copy);
        var uses = copy.Graph.UseCounts();
        bool IsUnused(TensorProto tensor) => !uses.ContainsKey(tensor.Name);
        var undeclared = copy.Replaceable().Concat(copy.Graph.Initializer.Where(IsUnused)).Select(tensor => tensor.Name).ToHashSet();
        RemoveAll(copy.Graph.Input, input => undeclared.Contains(input.Name));
        RemoveAll(copy.Graph.Initializer, IsUnused);
        return copy;
    }

    private static void RemoveAll<T>(RepeatedField<T> list, Func<T, bool> isUnwanted)
    {
        var kept = list.Where(item => !isUnwanted(item)).ToList();
        list.Clear();
        list.Add(kept);
    }

    private static void Flush(TensorProto tensor)
    {
        if (tensor.HasRawData)
        {
            var bytes = tensor.RawData.ToByteArray();
            if ((DataType)tensor.DataType == DataType.Float) Flush(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()), float.IsSubnormal);
            else Flush(MemoryMarshal.Cast<byte, double>(bytes.AsSpan()), double.IsSubnormal);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
            return;
        }

        for (var index = 0; index < tensor.FloatData.Count; index++)
            if (float.IsSubnormal(tensor.FloatData[index])) tensor.FloatData[index] = 0;
        for (var index = 0; index < tensor.DoubleData.Count; index++)
            if (double.IsSubnormal(tensor.DoubleData[index])) tensor.DoubleData[index] = 0;
    }

    private static void Flush<T>(Span<T> values, Func<T, bool> isSubnormal) where T : struct
    {
        foreach (ref var value in values)
            if (isSubnormal(value)) value = default;
    }
}

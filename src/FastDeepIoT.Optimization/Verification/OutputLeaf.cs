using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>One tensor of a model's outputs; sequences and maps are taken apart.</summary>
/// <param name="Name">The output, and which part of it.</param>
/// <param name="Kind">What it is: an element type, or a kind of value that holds others.</param>
/// <param name="Shape">Elements along each axis; of what holds others, their number.</param>
internal sealed record OutputLeaf(string Name, string Kind, long[] Shape)
{
    /// <summary>The elements when they are real numbers; null for all else.</summary>
    internal double[]? Reals { get; init; }

    /// <summary>The elements when they are integers, truth values or complex numbers: what they are is compared byte for byte.</summary>
    internal byte[] Bytes { get; init; } = [];

    /// <summary>The elements when they are texts.</summary>
    internal string[]? Texts { get; init; }

    /// <summary>Number of elements.</summary>
    internal int Count => Reals?.Length ?? Texts?.Length ?? (int)Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The tensors of some values.</summary>
    internal static IReadOnlyList<OutputLeaf> Of(IReadOnlyList<string> names, IReadOnlyList<OrtValue> values) =>
        [.. names.Zip(values).SelectMany(pair => Of(pair.First, pair.Second))];

    /// <summary>Whether two elements that are no real numbers are the same.</summary>
    internal bool IsSame(OutputLeaf other, int index)
    {
        if (Texts is { } texts) return texts[index] == other.Texts![index];
        var size = Bytes.Length / Math.Max(1, Count);
        return Bytes.AsSpan(index * size, size).SequenceEqual(other.Bytes.AsSpan(index * size, size));
    }

    private static IEnumerable<OutputLeaf> Of(string name, OrtValue value) => value.OnnxType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => [OfTensor(name, value)],
        OnnxValueType.ONNX_TYPE_SEQUENCE or OnnxValueType.ONNX_TYPE_MAP => OfParts(name, value),
        var other => [new OutputLeaf(name, $"a kind of value that cannot be compared ({other})", [])],
    };

    private static IEnumerable<OutputLeaf> OfParts(string name, OrtValue value)
    {
        // A map has two parts: keys and values.
        var count = value.GetValueCount();
        var leaves = new List<OutputLeaf> { new(name, value.OnnxType.ToString(), [count]) { Bytes = new byte[count] } };
        for (var part = 0; part < count; part++)
        {
            using var inner = value.GetValue(part, OrtAllocator.DefaultInstance);
            leaves.AddRange(Of(FormattableString.Invariant($"{name}[{part}]"), inner));
        }

        return leaves;
    }

    private static OutputLeaf OfTensor(string name, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var leaf = new OutputLeaf(name, info.ElementDataType.ToString(), info.Shape);
        if (info.ElementDataType == TensorElementType.String) return leaf with { Texts = value.GetStringTensorAsArray() };

        var bytes = value.GetTensorMutableRawData();
        return RealsOf(info.ElementDataType, bytes) is { } reals ? leaf with { Reals = reals } : leaf with { Bytes = bytes.ToArray() };
    }

    private static double[]? RealsOf(TensorElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorElementType.Float => Convert<float>(bytes, value => value),
        TensorElementType.Double => Convert<double>(bytes, value => value),
        TensorElementType.Float16 => Convert<Half>(bytes, value => (double)value),
        TensorElementType.BFloat16 => Convert<ushort>(bytes, value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
        _ => null,
    };

    private static double[] Convert<T>(ReadOnlySpan<byte> bytes, Func<T, double> convert) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var numbers = new double[values.Length];
        for (var index = 0; index < numbers.Length; index++) numbers[index] = convert(values[index]);
        return numbers;
    }
}

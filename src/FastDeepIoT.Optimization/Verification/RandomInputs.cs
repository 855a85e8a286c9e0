using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Seeded inputs for a model: normally distributed real numbers, small integers that stay in the range of most indices, coin flips.
/// </summary>
internal sealed class RandomInputs : IDisposable
{
    private readonly List<OrtValue> _values = [];

    internal RandomInputs(InferenceSession session, FreeDimensions dimensions, int seed, float scale)
    {
        var random = new Random(seed);
        foreach (var (name, metadata) in session.InputMetadata.Where(input => input.Value.IsTensor).OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            Names.Add(name);
            _values.Add(Make(metadata, Shape(name, metadata, dimensions), random, scale));
        }
    }

    internal List<string> Names { get; } = [];

    internal IReadOnlyList<OrtValue> Values => _values;

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
    }

    private static long[] Shape(string name, NodeMetadata metadata, FreeDimensions dimensions) => metadata.Dimensions.Select((size, axis) =>
        size >= 0 ? size
        : metadata.SymbolicDimensions[axis] is { Length: > 0 } symbol && dimensions.Sizes.TryGetValue(symbol, out var given) ? given
        : dimensions.Sizes.GetValueOrDefault($"{name}[{axis}]", 1)).ToArray();

    private static OrtValue Make(NodeMetadata metadata, long[] shape, Random random, float scale)
    {
        if (metadata.ElementDataType == TensorElementType.String)
            return OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, shape);
        var bytes = value.GetTensorMutableRawData();
        switch (metadata.ElementDataType)
        {
            case TensorElementType.Float:
                foreach (ref var element in MemoryMarshal.Cast<byte, float>(bytes)) element = scale * Normal(random);
                break;
            case TensorElementType.Double:
                foreach (ref var element in MemoryMarshal.Cast<byte, double>(bytes)) element = scale * Normal(random);
                break;
            case TensorElementType.Float16:
                foreach (ref var element in MemoryMarshal.Cast<byte, Half>(bytes)) element = (Half)(scale * Normal(random));
                break;
            case TensorElementType.BFloat16:
                foreach (ref var element in MemoryMarshal.Cast<byte, ushort>(bytes))
                    element = (ushort)(BitConverter.SingleToUInt32Bits(scale * Normal(random)) >> 16);
                break;
            default:
                Integers(bytes, bytes.Length / (int)Math.Max(1, shape.Aggregate(1L, (product, size) => product * size)), random);
                break;
        }

        return value;
    }

    // Zero or one in the first byte of every little-endian element.
    private static void Integers(Span<byte> bytes, int elementBytes, Random random)
    {
        bytes.Clear();
        for (var at = 0; at < bytes.Length; at += Math.Max(1, elementBytes)) bytes[at] = (byte)random.Next(2);
    }

    // Box and Muller: two uniform numbers give a normal one.
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}

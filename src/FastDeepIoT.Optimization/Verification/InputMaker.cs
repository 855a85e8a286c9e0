using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>Makes inputs by a recipe.</summary>
internal static class InputMaker
{
    /// <summary>The inputs; null when the runtime cannot make them.</summary>
    internal static InputSet? TryMake(IReadOnlyDictionary<string, NodeMetadata> inputs, FreeDimensions dimensions, InputRecipe recipe, int seed)
    {
        var (random, names, values) = (new Random(seed), new List<string>(), new List<OrtValue>());
        try
        {
            foreach (var (name, metadata) in inputs.Where(input => input.Value.IsTensor).OrderBy(input => input.Key, StringComparer.Ordinal))
            {
                values.Add(Make(metadata, ShapeOf(name, metadata, dimensions), random, recipe));
                names.Add(name);
            }

            return new InputSet(names, values);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OverflowException or ArgumentException)
        {
            foreach (var value in values) value.Dispose();
            return null;
        }
    }

    /// <summary>What a free dimension is called: by its own name, or by where it is.</summary>
    internal static string NameOf(string input, NodeMetadata metadata, int axis) =>
        metadata.SymbolicDimensions[axis] is { Length: > 0 } symbol ? symbol : $"{input}[{axis}]";

    /// <summary>The size of a free dimension.</summary>
    internal static long SizeOf(string name, FreeDimensions dimensions) => dimensions.Sizes.GetValueOrDefault(name, 1);

    private static long[] ShapeOf(string name, NodeMetadata metadata, FreeDimensions dimensions) =>
        [.. metadata.Dimensions.Select((size, axis) => size >= 0 ? size : SizeOf(NameOf(name, metadata, axis), dimensions))];

    private static OrtValue Make(NodeMetadata metadata, long[] shape, Random random, InputRecipe recipe)
    {
        if (metadata.ElementDataType == TensorElementType.String) return OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, shape);
        var bytes = value.GetTensorMutableRawData();
        var count = checked((int)shape.Aggregate(1L, (product, size) => checked(product * size)));
        switch (metadata.ElementDataType)
        {
            case TensorElementType.Float: Fill(MemoryMarshal.Cast<byte, float>(bytes), number => (float)number, random, recipe); break;
            case TensorElementType.Double: Fill(MemoryMarshal.Cast<byte, double>(bytes), number => number, random, recipe); break;
            case TensorElementType.Float16: Fill(MemoryMarshal.Cast<byte, Half>(bytes), number => (Half)number, random, recipe); break;
            case TensorElementType.BFloat16:
                Fill(MemoryMarshal.Cast<byte, ushort>(bytes), number => (ushort)(BitConverter.SingleToUInt32Bits((float)number) >> 16), random, recipe);
                break;
            default: FillIntegers(bytes, count, metadata.ElementDataType == TensorElementType.Bool ? 1 : recipe.LargestInteger, random); break;
        }

        return value;
    }

    private static void Fill<T>(Span<T> values, Func<double, T> convert, Random random, InputRecipe recipe)
    {
        for (var index = 0; index < values.Length; index++) values[index] = convert(recipe.Real(random, index, values.Length));
    }

    // Little-endian, of whatever width the elements have, and not negative in any of them.
    private static void FillIntegers(Span<byte> bytes, int count, long largest, Random random)
    {
        bytes.Clear();
        var width = count == 0 ? 0 : bytes.Length / count;
        if (width == 1) largest = Math.Min(largest, sbyte.MaxValue);
        for (var index = 0; index < count; index++)
        {
            var value = random.NextInt64(largest + 1);
            for (var part = 0; part < width; part++) bytes[index * width + part] = part < sizeof(long) ? (byte)(value >> (8 * part)) : (byte)0;
        }
    }
}

using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Moves real numbers to a neighbour: up or down by the last bit, or left as they are. Zeros stay zero.</summary>
internal static class LastBits
{
    /// <summary>A copy of a model with other last bits in all weights that lie in it.</summary>
    internal static ModelProto Change(ModelProto model, int seed)
    {
        var (copy, random) = (model.Clone(), new Random(seed));
        foreach (var tensor in copy.Tensors()) Change(tensor, random);
        return copy;
    }

    /// <summary>Changes the last bits of numbers.</summary>
    internal static void Change(Span<float> values, Random random)
    {
        foreach (ref var value in values)
            if (value != 0 && float.IsFinite(value)) value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + random.Next(-1, 2));
    }

    /// <summary>As for single precision: what is computed with them is rounded more coarsely than they are.</summary>
    internal static void Change(Span<double> values, Random random)
    {
        foreach (ref var value in values)
            if (value != 0 && double.IsFinite(value)) value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + random.Next(-1, 2));
    }

    /// <summary>Changes the last bits of 16-bit numbers, in either format.</summary>
    internal static void Change(Span<ushort> values, Random random)
    {
        foreach (ref var value in values)
            if ((value & 0x7FFF) is > 1 and < 0x7BFF) value = (ushort)(value + random.Next(-1, 2));
    }

    private static void Change(TensorProto tensor, Random random)
    {
        if (tensor.DataLocation == DataLocation.External) return;

        var type = (DataType)tensor.DataType;
        if (tensor.HasRawData && type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16)
        {
            var bytes = tensor.RawData.ToByteArray();
            if (type == DataType.Float) Change(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()), random);
            else if (type == DataType.Double) Change(MemoryMarshal.Cast<byte, double>(bytes.AsSpan()), random);
            else Change(MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()), random);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        }
        else if (type == DataType.Float && tensor.FloatData.Count > 0)
        {
            var values = tensor.FloatData.ToArray();
            Change(values.AsSpan(), random);
            tensor.FloatData.Clear();
            tensor.FloatData.Add(values);
        }
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>Reads the values of constant tensors, however the file stores them (ONNX IR, TensorProto).</summary>
public static class TensorValues
{
    /// <summary>The integers of an int32 or int64 tensor; empty for any other.</summary>
    public static IReadOnlyList<long> Integers(TensorProto tensor)
    {
        var raw = tensor.RawData.Span;
        switch ((DataType)tensor.DataType)
        {
            case DataType.Int64 when tensor.HasRawData:
                var wide = new long[raw.Length / sizeof(long)];
                for (var i = 0; i < wide.Length; i++) wide[i] = BinaryPrimitives.ReadInt64LittleEndian(raw[(i * sizeof(long))..]);
                return wide;
            case DataType.Int32 when tensor.HasRawData:
                var narrow = new long[raw.Length / sizeof(int)];
                for (var i = 0; i < narrow.Length; i++) narrow[i] = BinaryPrimitives.ReadInt32LittleEndian(raw[(i * sizeof(int))..]);
                return narrow;
            case DataType.Int64: return tensor.Int64Data;
            case DataType.Int32: return tensor.Int32Data.Select(value => (long)value).ToList();
            default: return [];
        }
    }

    /// <summary>The numbers of a real, integer or boolean tensor; empty for any other, and for external data.</summary>
    public static IReadOnlyList<double> Numbers(TensorProto tensor)
    {
        if (tensor.DataLocation == DataLocation.External) return [];

        var raw = tensor.RawData.Span;
        return (DataType)tensor.DataType switch
        {
            DataType.Float when tensor.HasRawData => Convert(MemoryMarshal.Cast<byte, float>(raw), value => (double)value),
            DataType.Double when tensor.HasRawData => Convert(MemoryMarshal.Cast<byte, double>(raw), value => value),
            DataType.Float16 when tensor.HasRawData => Convert(MemoryMarshal.Cast<byte, Half>(raw), value => (double)value),
            DataType.Bool or DataType.Uint8 when tensor.HasRawData => Convert(raw, value => (double)value),
            DataType.Int8 when tensor.HasRawData => Convert(MemoryMarshal.Cast<byte, sbyte>(raw), value => (double)value),
            DataType.Float => tensor.FloatData.Select(value => (double)value).ToList(),
            DataType.Double => tensor.DoubleData,
            DataType.Float16 => tensor.Int32Data.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value)).ToList(),
            DataType.Bool or DataType.Uint8 or DataType.Int8 => tensor.Int32Data.Select(value => (double)value).ToList(),
            DataType.Int32 or DataType.Int64 => Integers(tensor).Select(value => (double)value).ToList(),
            _ => [],
        };
    }

    private static double[] Convert<T>(ReadOnlySpan<T> values, Func<T, double> convert)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = convert(values[i]);
        return numbers;
    }
}

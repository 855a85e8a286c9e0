using System.Buffers.Binary;
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
}

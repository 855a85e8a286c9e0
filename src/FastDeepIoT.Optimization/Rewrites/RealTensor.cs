using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Makes tensors of real numbers.</summary>
internal static class RealTensor
{
    /// <summary>A tensor like another one, with other values.</summary>
    internal static TensorProto With(TensorProto like, double[] values)
    {
        var tensor = like.Clone();
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.RawData = Raw(values, (DataType)like.DataType);
        return tensor;
    }

    /// <summary>A vector.</summary>
    internal static TensorProto Vector(double[] values, DataType type) =>
        new() { DataType = (int)type, Dims = { values.Length }, RawData = Raw(values, type) };

    private static ByteString Raw(double[] values, DataType type) => type switch
    {
        DataType.Double => Bytes(values),
        DataType.Float16 => Bytes(Array.ConvertAll(values, value => (Half)value)),
        DataType.Bfloat16 => Bytes(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16))),
        _ => Bytes(Array.ConvertAll(values, value => (float)value)),
    };

    private static ByteString Bytes<T>(T[] values) where T : unmanaged => UnsafeByteOperations.UnsafeWrap(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}

using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Reads a tensor as the ONNX backend tests keep it: one TensorProto a .pb file.</summary>
internal static class TensorFile
{
    internal static NumpyArray Read(string path)
    {
        try
        {
            if (Disk.Length(path) > CalibrationProblem.LargestArrayBytes)
                throw CalibrationProblem.Of(path, "the file is larger than 1 GiB", "expected one sample");

            using var stream = Disk.OpenRead(path);
            return Of(TensorProto.Parser.ParseFrom(stream)) is { } array && array.Shape.Aggregate(1L, (product, size) => product * size) == array.Count
                ? array
                : throw CalibrationProblem.Of(path, "its elements do not fit its type and shape", "expected real numbers or integers");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw CalibrationProblem.Of(path, $"it is not a readable tensor: {e.Message}", "expected an ONNX TensorProto", e);
        }
    }

    private static NumpyArray? Of(TensorProto tensor)
    {
        var shape = tensor.Dims.Select(size => (int)Math.Clamp(size, 0, int.MaxValue)).ToArray();
        NumpyArray Typed<T>(NumpyType type, IEnumerable<T> values) where T : unmanaged =>
            new(type, shape, tensor.HasRawData ? tensor.RawData.Memory : MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray());
        return (DataType)tensor.DataType switch
        {
            DataType.Float => Typed(NumpyType.Float32, tensor.FloatData),
            DataType.Double => Typed(NumpyType.Float64, tensor.DoubleData),
            DataType.Float16 => Typed(NumpyType.Float16, tensor.Int32Data.Select(bits => (ushort)bits)),
            DataType.Int32 => Typed(NumpyType.Int32, tensor.Int32Data),
            DataType.Int64 => Typed(NumpyType.Int64, tensor.Int64Data),
            DataType.Int8 => Typed(NumpyType.Int8, tensor.Int32Data.Select(value => (sbyte)value)),
            DataType.Uint8 or DataType.Bool => Typed(NumpyType.UInt8, tensor.Int32Data.Select(value => (byte)value)),
            _ => null,
        };
    }
}

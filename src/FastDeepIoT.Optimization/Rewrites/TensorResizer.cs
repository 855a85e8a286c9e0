using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Google.Protobuf.Collections;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Moves the elements of a constant to their places at other widths and fills what is new.</summary>
internal static class TensorResizer
{
    /// <summary>A constant whose axes are <paramref name="axes"/>, after a change of widths; added elements are zero or one.</summary>
    internal static TensorProto Resize(TensorProto tensor, IReadOnlyList<Extent> axes, WidthChange change, int fill)
    {
        var sources = axes.Select(change.SourcesOf).ToArray();
        var resized = tensor.Clone();
        resized.Dims.Clear();
        resized.Dims.Add(sources.Select(axis => (long)axis.Length));
        var shape = tensor.Dims.Select(size => (int)size).ToArray();
        if (tensor.HasRawData)
            resized.RawData = Raw(tensor, shape, sources, fill);
        else
        {
            Typed(resized.FloatData, shape, sources, fill);
            Typed(resized.DoubleData, shape, sources, fill);
            Typed(resized.Int32Data, shape, sources, fill == 0 ? 0 : One((DataType)tensor.DataType));
        }

        return resized;
    }

    private static ByteString Raw(TensorProto tensor, int[] shape, int[][] sources, int fill) => (DataType)tensor.DataType switch
    {
        DataType.Double => Raw(tensor, shape, sources, (double)fill),
        DataType.Float => Raw(tensor, shape, sources, (float)fill),
        _ => Raw(tensor, shape, sources, (ushort)(fill == 0 ? 0 : One((DataType)tensor.DataType))),
    };

    // What is long is made when it is written or run: until then the new weights take no memory beside the old ones.
    private static ByteString Raw<T>(TensorProto tensor, int[] shape, int[][] sources, T fill) where T : unmanaged
    {
        var (raw, bytes) = (tensor.RawData, checked((int)(Count(sources) * Marshal.SizeOf<T>())));
        if (bytes >= DeferredBytes.Least) return DeferredBytes.Of(bytes, Make);

        var made = new byte[bytes];
        Make(made);
        return UnsafeByteOperations.UnsafeWrap(made);

        void Make(Span<byte> made)
        {
            using var old = new DeferredBytes.Look(raw);
            Gather(MemoryMarshal.Cast<byte, T>(old.Span), shape, sources, MemoryMarshal.Cast<byte, T>(made), fill);
        }
    }

    private static void Typed<T>(RepeatedField<T> values, int[] shape, int[][] sources, T fill) where T : unmanaged
    {
        if (values.Count == 0) return;

        var resized = new T[Count(sources)];
        Gather<T>(values.ToArray(), shape, sources, resized.AsSpan(), fill);
        values.Clear();
        values.AddRange(resized);
    }

    // The bits of one as a 16-bit floating-point number: 5 and 8 bits of exponent.
    private static int One(DataType type) => type == DataType.Bfloat16 ? 0x3F80 : 0x3C00;

    private static long Count(int[][] sources) => sources.Aggregate(1L, (product, axis) => product * axis.Length);

    private static void Gather<T>(ReadOnlySpan<T> old, int[] shape, int[][] sources, Span<T> result, T fill)
    {
        result.Fill(fill);
        Copy(old, shape, sources, axis: 0, oldOffset: 0, result, newOffset: 0);
    }

    private static void Copy<T>(ReadOnlySpan<T> old, int[] shape, int[][] sources, int axis, int oldOffset, Span<T> result, int newOffset)
    {
        if (axis == shape.Length)
        {
            result[newOffset] = old[oldOffset];
            return;
        }

        int oldStride = 1, newStride = 1;
        for (var inner = axis + 1; inner < shape.Length; inner++) (oldStride, newStride) = (oldStride * shape[inner], newStride * sources[inner].Length);
        var whole = Array.TrueForAll(sources[(axis + 1)..], IsWhole) && oldStride == newStride;
        for (var index = 0; index < sources[axis].Length; index++)
        {
            if (sources[axis][index] is not (>= 0 and var source)) continue;
            if (whole)
            {
                var run = Run(sources[axis], index);
                old.Slice(oldOffset + source * oldStride, run * oldStride).CopyTo(result[(newOffset + index * newStride)..]);
                index += run - 1;
            }
            else Copy(old, shape, sources, axis + 1, oldOffset + source * oldStride, result, newOffset + index * newStride);
        }
    }

    // How many elements from one on lie side by side in the old constant too.
    private static int Run(int[] sources, int start)
    {
        var end = start + 1;
        while (end < sources.Length && sources[end] == sources[end - 1] + 1) end++;
        return end - start;
    }

    private static bool IsWhole(int[] sources)
    {
        for (var index = 0; index < sources.Length; index++)
            if (sources[index] != index)
                return false;
        return true;
    }
}

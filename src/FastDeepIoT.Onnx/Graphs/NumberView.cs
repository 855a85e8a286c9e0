using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The numbers of a constant where they lie, to look at some of them: a list of all, as <see cref="TensorValues.Numbers"/> makes it, takes
/// twice the memory of the weights.
/// </summary>
internal readonly ref struct NumberView : IDisposable
{
    private readonly DeferredBytes.Look _look;
    private readonly IReadOnlyList<double>? _others;
    private readonly DataType _type;

    private NumberView(TensorProto tensor)
    {
        _type = (DataType)tensor.DataType;
        if (RawSizeOf(tensor) > 0) _look = new DeferredBytes.Look(tensor.RawData);
        else _others = TensorValues.Numbers(tensor);
    }

    internal static NumberView Of(TensorProto tensor) => new(tensor);

    /// <summary>How many numbers a constant has, without looking at them; none of types without numbers, and of external data.</summary>
    internal static int CountOf(TensorProto tensor) => RawSizeOf(tensor) is > 0 and var size ? tensor.RawData.Length / size : TensorValues.Numbers(tensor).Count;

    /// <summary>A number.</summary>
    internal double this[int index] => _others is not null ? _others[index] : _type switch
    {
        DataType.Float => MemoryMarshal.Cast<byte, float>(_look.Span)[index],
        DataType.Double => MemoryMarshal.Cast<byte, double>(_look.Span)[index],
        _ => (double)MemoryMarshal.Cast<byte, Half>(_look.Span)[index],
    };

    /// <summary>Whether some numbers one after another are all zero, be it a negative one.</summary>
    internal bool AreZero(int start, int count)
    {
        if (_others is null)
            return _type switch
            {
                DataType.Float => MemoryMarshal.Cast<byte, uint>(_look.Span).Slice(start, count).IndexOfAnyExcept(0u, 1u << 31) < 0,
                DataType.Double => MemoryMarshal.Cast<byte, ulong>(_look.Span).Slice(start, count).IndexOfAnyExcept(0ul, 1ul << 63) < 0,
                _ => MemoryMarshal.Cast<byte, ushort>(_look.Span).Slice(start, count).IndexOfAnyExcept((ushort)0, (ushort)(1 << 15)) < 0,
            };

        for (var index = start; index < start + count; index++)
            if (_others[index] != 0) return false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _look.Dispose();

    // Bytes of one of the numbers that are read where they lie.
    private static int RawSizeOf(TensorProto tensor) => !tensor.HasRawData || tensor.DataLocation == DataLocation.External ? 0 : (DataType)tensor.DataType switch
    {
        DataType.Float => sizeof(float),
        DataType.Double => sizeof(double),
        DataType.Float16 => sizeof(ushort),
        _ => 0,
    };
}

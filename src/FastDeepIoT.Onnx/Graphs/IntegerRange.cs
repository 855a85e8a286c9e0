using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>What is known of the numbers in a tensor before its model runs.</summary>
/// <param name="Type">Their type; null when it is not known.</param>
/// <param name="Low">No integer is less.</param>
/// <param name="High">No integer is greater.</param>
/// <param name="HasMinusOne">Whether one may be -1.</param>
internal readonly record struct IntegerRange(DataType? Type, long Low, long High, bool HasMinusOne)
{
    /// <summary>Numbers of which nothing is known.</summary>
    internal static IntegerRange Unknown { get; } = Of(null);

    /// <summary>Sizes, counts and positions from the beginning.</summary>
    internal static IntegerRange Count { get; } = Between(DataType.Int64, 0, long.MaxValue);

    /// <summary>Whether the computed numbers are known before the model runs, so that the runtime may compute with them while it loads it.</summary>
    internal bool IsConstant { get; init; }

    private bool IsFloating => Type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    /// <summary>All that numbers of a type can be.</summary>
    internal static IntegerRange Of(DataType? type)
    {
        var (low, high) = Bounds(type);
        return Between(type, low, high);
    }

    /// <summary>The numbers of a constant.</summary>
    internal static IntegerRange Of(TensorProto tensor, string? file)
    {
        var type = (DataType)tensor.DataType;
        if (type is not (DataType.Int32 or DataType.Int64)) return Of(type) with { IsConstant = true };

        var numbers = TensorValues.Integers(ExternalData.Load(tensor, file));
        return new IntegerRange(type, numbers.Count == 0 ? 0 : numbers.Min(), numbers.Count == 0 ? 0 : numbers.Max(), numbers.Contains(-1)) { IsConstant = true };
    }

    /// <summary>All numbers of a type from one to another; all of the type when these are not of it, as they wrap around then.</summary>
    internal static IntegerRange Between(DataType? type, Int128 low, Int128 high)
    {
        var (least, most) = Bounds(type);
        return low < least || high > most ? Of(type) : new IntegerRange(type, (long)low, (long)high, low <= -1 && high >= -1);
    }

    /// <summary>The type where numbers with fractions go in and nothing else is known.</summary>
    internal static IntegerRange FloatingOf(IntegerRange input) => input.IsFloating ? Of(input.Type) : Unknown;

    /// <summary>What one or the other holds.</summary>
    internal IntegerRange Or(IntegerRange other) =>
        new(Type ?? other.Type, Math.Min(Low, other.Low), Math.Max(High, other.High), HasMinusOne || other.HasMinusOne);

    /// <summary>
    /// Whether a division by these numbers may end the process: the smallest integer by -1 is no integer of its type. Types of fewer than 32 bits are
    /// calculated with as 32 bits.
    /// </summary>
    internal bool MayEnd(IntegerRange divisor) => (Type ?? divisor.Type) switch
    {
        DataType.Int64 => Low == long.MinValue && divisor.HasMinusOne,
        DataType.Int32 or null => Low <= int.MinValue && divisor.HasMinusOne,
        _ => false,
    };

    private static (long Low, long High) Bounds(DataType? type) => type switch
    {
        DataType.Bool => (0, 1),
        DataType.Uint8 => (0, byte.MaxValue),
        DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DataType.Uint16 => (0, ushort.MaxValue),
        DataType.Int16 => (short.MinValue, short.MaxValue),
        DataType.Uint32 => (0, uint.MaxValue),
        DataType.Int32 => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}

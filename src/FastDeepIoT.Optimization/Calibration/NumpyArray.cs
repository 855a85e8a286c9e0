namespace FastDeepIoT.Optimization;

/// <summary>The element types that calibration data may have.</summary>
public enum NumpyType
{
    /// <summary>Truth values, one byte each.</summary>
    Boolean,

    /// <summary>Unsigned bytes.</summary>
    UInt8,

    /// <summary>Signed bytes.</summary>
    Int8,

    /// <summary>16-bit integers.</summary>
    Int16,

    /// <summary>Unsigned 16-bit integers.</summary>
    UInt16,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>64-bit integers.</summary>
    Int64,

    /// <summary>Half precision.</summary>
    Float16,

    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Double precision.</summary>
    Float64,
}

/// <summary>An array in row-major order, as files of calibration data hold it; bytes are little-endian.</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Elements along each axis, outermost first.</param>
/// <param name="Bytes">The elements.</param>
public sealed record NumpyArray(NumpyType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / ElementBytes(Type);

    /// <summary>An element as a number.</summary>
    public double this[int index]
    {
        get
        {
            var at = Bytes.Span[(index * ElementBytes(Type))..];
            return Type switch
            {
                NumpyType.Boolean or NumpyType.UInt8 => at[0],
                NumpyType.Int8 => (sbyte)at[0],
                NumpyType.Int16 => BitConverter.ToInt16(at),
                NumpyType.UInt16 => BitConverter.ToUInt16(at),
                NumpyType.Int32 => BitConverter.ToInt32(at),
                NumpyType.Int64 => BitConverter.ToInt64(at),
                NumpyType.Float16 => (double)BitConverter.ToHalf(at),
                NumpyType.Float32 => BitConverter.ToSingle(at),
                _ => BitConverter.ToDouble(at),
            };
        }
    }

    /// <summary>Bytes of one element.</summary>
    public static int ElementBytes(NumpyType type) => type switch
    {
        NumpyType.Boolean or NumpyType.UInt8 or NumpyType.Int8 => 1,
        NumpyType.Int16 or NumpyType.UInt16 or NumpyType.Float16 => 2,
        NumpyType.Int32 or NumpyType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The same elements under another shape.</summary>
    public NumpyArray Reshaped(params IReadOnlyList<int> shape) => this with { Shape = shape };
}

using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>Sizes of ONNX element types (ONNX IR, tensor element types).</summary>
internal static class ElementSize
{
    /// <summary>Bytes of one element; 4 for types without a fixed size.</summary>
    internal static int Of(DataType type) => type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => 4,
    };

    /// <summary>Bits of one element of a type by its number in the format; null for texts and types that are not known.</summary>
    internal static int? BitsOf(int type) => type switch
    {
        (int)DataType.Undefined or (int)DataType.String => null,
        >= (int)DataType.Float and <= (int)DataType.Bfloat16 => 8 * Of((DataType)type),
        >= 17 and <= 20 or 24 => 8, // eight bits of floating point, in several kinds
        21 or 22 or 23 => 4, // four bits: unsigned, signed, floating point
        25 or 26 => 2,
        _ => null,
    };
}

using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>A node, and what is known of the numbers that it reads.</summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">Of each input, also of those left out.</param>
/// <param name="Output">The output that is asked about.</param>
internal readonly record struct IntegerView(NodeProto Node, IReadOnlyList<IntegerRange> Inputs, int Output)
{
    /// <summary>An input; unknown where there is none.</summary>
    internal IntegerRange this[int input] => input < Inputs.Count ? Inputs[input] : IntegerRange.Unknown;
}

/// <summary>Which integers come out of operators, as far as those matter that compute sizes and positions.</summary>
internal static class IntegerRules
{
    /// <summary>Elements of the first input.</summary>
    internal static IntegerRange Moved(IntegerView view) => view.Output == 0 || view.Node.OpType == "Split" ? view[0] : IntegerRange.Unknown;

    /// <summary>Elements of any input.</summary>
    internal static IntegerRange Joined(IntegerView view) => view.Inputs.Count == 0 ? IntegerRange.Unknown : view.Inputs.Aggregate((left, right) => left.Or(right));

    /// <summary>Elements of the first and the third input: Pad, where none is zero, and scattering.</summary>
    internal static IntegerRange Mixed(IntegerView view) => view[0].Or(view.Inputs.Count > 2 ? view[2] : IntegerRange.Between(view[0].Type, 0, 0));

    /// <summary>Sizes, counts and positions.</summary>
    internal static IntegerRange Count(IntegerView view) => IntegerRange.Count;

    /// <summary>TopK: elements of the first input, and where they stand.</summary>
    internal static IntegerRange Largest(IntegerView view) => view.Output == 0 ? view[0] : IntegerRange.Count;

    /// <summary>Range: numbers between two others.</summary>
    internal static IntegerRange Between(IntegerView view) => IntegerRange.Between(view[0].Type, Math.Min(view[0].Low, view[1].Low), Math.Max(view[0].High, view[1].High));

    /// <summary>Cast, and functions of single elements.</summary>
    internal static IntegerRange Unary(IntegerView view)
    {
        var x = view[0];
        return view.Node.OpType switch
        {
            "Cast" => Cast(x, view.Node),
            "Not" or "IsNaN" or "IsInf" => IntegerRange.Of(DataType.Bool),
            "Neg" => IntegerRange.Between(x.Type, -(Int128)x.High, -(Int128)x.Low),
            "Abs" => IntegerRange.Between(x.Type, 0, Largest(x)),
            "Sign" => IntegerRange.Between(x.Type, -1, 1),
            "Relu" => IntegerRange.Between(x.Type, Math.Max(x.Low, 0), Math.Max(x.High, 0)),
            _ => IntegerRange.Of(x.Type),
        };
    }

    /// <summary>Functions of pairs of elements.</summary>
    internal static IntegerRange Binary(IntegerView view) => view.Node.OpType switch
    {
        "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual" or "And" or "Or" or "Xor" => IntegerRange.Of(DataType.Bool),
        "Where" => view[1].Or(view[2]),
        "Pow" or "PRelu" or "BiasGelu" or "FastGelu" => IntegerRange.Of(view[0].Type),
        _ => view.Inputs.Count == 0 ? IntegerRange.Unknown : view.Inputs.Aggregate((left, right) => Binary(view.Node.OpType, left, right)),
    };

    /// <summary>Reductions.</summary>
    internal static IntegerRange Reduced(IntegerView view) => view.Node.OpType switch
    {
        "ArgMax" or "ArgMin" => IntegerRange.Count,
        "ReduceMax" or "ReduceMin" => view[0],
        _ => IntegerRange.Of(view[0].Type),
    };

    /// <summary>Copies of one number; of zero, where none is given.</summary>
    internal static IntegerRange Filled(IntegerView view) => Attribute(view.Node, "value") switch
    {
        [] => IntegerRange.Of(DataType.Float),
        [{ RefAttrName.Length: 0, T: { } value }] => IntegerRange.Of(value, file: null),
        _ => IntegerRange.Unknown,
    };

    /// <summary>Pooling: where the largest elements stand is another output.</summary>
    internal static IntegerRange Pooled(IntegerView view) => view.Output == 0 ? IntegerRange.Of(view[0].Type) : IntegerRange.Count;

    private static IntegerRange Binary(string type, IntegerRange left, IntegerRange right)
    {
        var of = left.Type ?? right.Type;
        var (low, high, otherLow, otherHigh) = ((Int128)left.Low, (Int128)left.High, (Int128)right.Low, (Int128)right.High);
        return type switch
        {
            "Add" or "Sum" => IntegerRange.Between(of, low + otherLow, high + otherHigh),
            "Sub" => IntegerRange.Between(of, low - otherHigh, high - otherLow),
            "Mul" => Spanning(of, low * otherLow, low * otherHigh, high * otherLow, high * otherHigh),
            "Min" => IntegerRange.Between(of, Int128.Min(low, otherLow), Int128.Min(high, otherHigh)),
            "Max" => IntegerRange.Between(of, Int128.Max(low, otherLow), Int128.Max(high, otherHigh)),
            "Div" => low >= 0 && otherLow >= 0 ? IntegerRange.Between(of, 0, high) : IntegerRange.Between(of, -Largest(left), Largest(left)),
            "Mod" => low >= 0 && otherLow >= 0 ? IntegerRange.Between(of, 0, otherHigh) : IntegerRange.Between(of, -Largest(right), Largest(right)),
            _ => IntegerRange.Of(of),
        };
    }

    private static IntegerRange Cast(IntegerRange x, NodeProto node) => Attribute(node, "to") is not [{ RefAttrName.Length: 0, HasI: true } to] ? IntegerRange.Unknown
        : x.Type is DataType.Bool or DataType.Int8 or DataType.Uint8 or DataType.Int16 or DataType.Uint16 or DataType.Int32 or DataType.Uint32 or DataType.Int64
            ? IntegerRange.Between((DataType)to.I, x.Low, x.High)
            : IntegerRange.Of((DataType)to.I);

    // Which of several of one name counts is the runtime's secret.
    private static AttributeProto[] Attribute(NodeProto node, string name) => [.. node.Attribute.Where(attribute => attribute.Name == name)];

    private static Int128 Largest(IntegerRange x) => Int128.Max(Int128.Abs(x.Low), Int128.Abs(x.High));

    private static IntegerRange Spanning(DataType? type, params ReadOnlySpan<Int128> corners)
    {
        var (low, high) = (corners[0], corners[0]);
        foreach (var corner in corners) (low, high) = (Int128.Min(low, corner), Int128.Max(high, corner));
        return IntegerRange.Between(type, low, high);
    }
}

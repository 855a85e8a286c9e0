using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Profiling.Probes;

/// <summary>A stretch of a network that computes with integers and truth values: positions, indices, masks.</summary>
internal static class IntegerStretch
{
    private const int Steps = 4;
    private const long MostGrown = 100_000;

    /// <summary>From floats to integers, a few steps among them, and back.</summary>
    internal static ProbeTensor Grow(ProbeBuilder b, ProbeTensor x)
    {
        x = Cast(b, x, DataType.Int64);
        for (var step = 0; step < Steps; step++) x = Step(b, x);
        return Cast(b, x, DataType.Float);
    }

    private static ProbeTensor Step(ProbeBuilder b, ProbeTensor x) => b.Random.Below(12) switch
    {
        0 => WithConstant(b, b.Random.Pick("Add", "Mul", "Sub", "Div", "Max", "Min"), x),
        1 => b.Combine(b.Random.Pick("Add", "Mul", "Sub"), x, WithConstant(b, "Add", x)),
        2 => Cast(b, WithConstant(b, b.Random.Pick("Equal", "Less", "Greater"), x), DataType.Int64),
        3 => Cast(b, Masks(b, x), DataType.Int64),
        4 => b.Node("Where", [WithConstant(b, "Greater", x).Name, x.Name, WithConstant(b, "Add", x).Name], [.. x.Shape]),
        5 => Cast(b, Cast(b, x, DataType.Int32), DataType.Int64),
        6 => b.Reshape(x, 1, x.Elements / x.Shape[^1], x.Shape[^1]),
        7 => ElementProbe.Transposed(b, x),
        8 when x.Shape.Count > 2 => ElementProbe.Sliced(b, x),
        9 => ElementProbe.Gathered(b, x),
        10 when x.Elements < MostGrown => b.Node("Concat", [x.Name, WithConstant(b, "Add", x).Name], ElementProbe.Grown(x, 1), ("axis", 1L)),
        11 => b.Node("Squeeze", [b.Node("Unsqueeze", [x.Name, b.Integers(0)], [1, .. x.Shape]).Name, b.Integers(0)], [.. x.Shape]),
        _ => b.Unary("Abs", x),
    };

    private static ProbeTensor Masks(ProbeBuilder b, ProbeTensor x) =>
        b.Combine(b.Random.Pick("And", "Or"), WithConstant(b, "Greater", x), b.Unary("Not", WithConstant(b, "Less", x)));

    private static ProbeTensor WithConstant(ProbeBuilder b, string type, ProbeTensor x) => b.Node(type, [x.Name, b.Integers(3)], [.. x.Shape]);

    private static ProbeTensor Cast(ProbeBuilder b, ProbeTensor x, DataType type) => b.Unary("Cast", x, ("to", (long)type));
}

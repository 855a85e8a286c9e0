using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Profiling.Probes;

/// <summary>A stretch of a network that computes with integers and truth values: positions, indices, masks.</summary>
internal sealed class IntegerStretch
{
    private const int Steps = 8;
    private const long MostGrown = 100_000;
    private readonly ProbeBuilder _b;
    private readonly DataType _type;

    private IntegerStretch(ProbeBuilder b, DataType type) => (_b, _type) = (b, type);

    /// <summary>From floats to integers of one type, a few steps among them, and back.</summary>
    internal static ProbeTensor Grow(ProbeBuilder b, ProbeTensor x)
    {
        var stretch = new IntegerStretch(b, b.Random.Pick(DataType.Int64, DataType.Int64, DataType.Int32));
        x = stretch.Integers(x);
        for (var step = 0; step < Steps; step++) x = stretch.Step(x);
        return Cast(b, x, DataType.Float);
    }

    private ProbeTensor Step(ProbeTensor x) => _b.Random.Below(12) switch
    {
        0 => WithConstant(_b.Random.Pick("Add", "Mul", "Sub", "Div", "Max", "Min"), x),
        1 => _b.Combine(_b.Random.Pick("Add", "Mul", "Sub"), x, WithConstant("Add", x)),
        2 => Integers(WithConstant(_b.Random.Pick("Equal", "Less", "Greater"), x)),
        3 => Integers(Masks(x)),
        4 => _b.Node("Where", [WithConstant("Greater", x).Name, x.Name, WithConstant("Add", x).Name], [.. x.Shape]),
        5 => Integers(Cast(_b, x, _b.Random.Pick(DataType.Int32, DataType.Int64, DataType.Uint8))),
        6 => _b.Reshape(x, 1, x.Elements / x.Shape[^1], x.Shape[^1]),
        7 => ElementProbe.Transposed(_b, x),
        8 when x.Shape.Count > 2 => ElementProbe.Sliced(_b, x),
        9 => ElementProbe.Gathered(_b, x),
        10 when x.Elements < MostGrown => _b.Node("Concat", [x.Name, WithConstant("Add", x).Name], ElementProbe.Grown(x, 1), ("axis", 1L)),
        11 => _b.Node("Squeeze", [_b.Node("Unsqueeze", [x.Name, _b.Integers(0)], [1, .. x.Shape]).Name, _b.Integers(0)], [.. x.Shape]),
        _ => _b.Unary("Abs", x),
    };

    private ProbeTensor Masks(ProbeTensor x) =>
        _b.Combine(_b.Random.Pick("And", "Or"), WithConstant("Greater", x), _b.Unary("Not", WithConstant("Less", x)));

    private ProbeTensor WithConstant(string type, ProbeTensor x) => _b.Node(type, [x.Name, _b.IntegerOf(_type, 3)], [.. x.Shape]);

    private ProbeTensor Integers(ProbeTensor x) => Cast(_b, x, _type);

    private static ProbeTensor Cast(ProbeBuilder b, ProbeTensor x, DataType type) => b.Unary("Cast", x, ("to", (long)type));
}

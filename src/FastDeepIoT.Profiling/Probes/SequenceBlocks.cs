using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Profiling.Probes;

/// <summary>What probes over sequences and vectors have in common.</summary>
internal static class SequenceBlocks
{
    private const double MostTableElements = 8e6;

    /// <summary>Numbers looked up in a table, as language models begin: [batch, steps, width].</summary>
    internal static ProbeTensor Tokens(this ProbeBuilder b, long batch, long steps, long width)
    {
        var words = b.Random.Size(20, MostTableElements / width);
        var x = b.Input(batch, steps);
        var spread = b.Node("Mul", [x.Name, b.Fill(words / 4f)], [batch, steps]);
        var inside = b.Node("Clip", [b.Unary("Abs", spread).Name, b.Fill(0), b.Fill(words - 1)], [batch, steps]);
        var numbers = b.Unary("Cast", inside, ("to", (long)DataType.Int64));
        return b.WithConstant("Add", b.Node("Gather", [b.Weights(1, words, width), numbers.Name], [batch, steps, width]), steps, width);
    }

    /// <summary>One of the slices along an axis, which goes.</summary>
    internal static ProbeTensor One(this ProbeBuilder b, ProbeTensor x, int axis, long index) =>
        b.Node("Gather", [x.Name, b.Integer(index)], Without(x, axis), ("axis", (long)axis));

    /// <summary>The mean along an axis, which goes.</summary>
    internal static ProbeTensor MeanOver(this ProbeBuilder b, ProbeTensor x, int axis) =>
        b.Node("ReduceMean", [x.Name], Without(x, axis), ("axes", new[] { (long)axis }), ("keepdims", 0L));

    /// <summary>A bias along the last axis.</summary>
    internal static ProbeTensor WithBias(this ProbeBuilder b, ProbeTensor x) => b.WithConstant("Add", x, x.Shape[^1]);

    /// <summary>Normalized over the last axis, now and then by its root mean square alone.</summary>
    internal static ProbeTensor LayerNormalized(this ProbeBuilder b, ProbeTensor x) => b.Random.Chance(0.15)
        ? RootMeanSquared(b, x)
        : b.Node("LayerNormalization", [x.Name, b.Fill(1, x.Shape[^1]), b.Fill(0, x.Shape[^1])], [.. x.Shape], ("axis", -1L));

    // The form exporters write; the runtime recognizes it.
    private static ProbeTensor RootMeanSquared(ProbeBuilder b, ProbeTensor x)
    {
        long[] mean = [.. x.Shape.SkipLast(1), 1];
        var square = b.Node("ReduceMean", [b.Node("Pow", [x.Name, b.Fill(2)], [.. x.Shape]).Name], mean, ("axes", new[] { -1L }), ("keepdims", 1L));
        var root = b.Node("Sqrt", [b.Node("Add", [square.Name, b.Fill(1e-5f)], mean).Name], mean);
        return b.WithConstant("Mul", b.Node("Div", [x.Name, root.Name], [.. x.Shape]), x.Shape[^1]);
    }

    private static long[] Without(ProbeTensor x, int axis) => [.. x.Shape.Take(axis), .. x.Shape.Skip(axis + 1)];
}

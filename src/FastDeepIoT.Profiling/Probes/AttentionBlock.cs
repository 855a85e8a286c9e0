namespace FastDeepIoT.Profiling.Probes;

/// <summary>How exporters write queries, keys and values: three products, or one whose result is picked or split apart.</summary>
internal enum QueryForm
{
    Apart,
    Picked,
    Split,
}

/// <summary>Attention with several heads (Vaswani et al. 2017) over [batch, steps, width].</summary>
/// <param name="Heads">How many heads; the width is a multiple of it.</param>
/// <param name="Form">How queries, keys and values are made.</param>
/// <param name="IsMasked">Whether a mask is added to the scores.</param>
internal sealed record AttentionBlock(long Heads, QueryForm Form, bool IsMasked)
{
    internal ProbeTensor Of(ProbeBuilder b, ProbeTensor x)
    {
        var (batch, steps, width) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        var (query, key, value) = Parts(b, x);
        var scores = b.WithConstant("Mul", b.MatMul(query, key));
        if (IsMasked) scores = b.WithConstant("Add", scores, steps, steps);
        var mixed = b.Transpose(b.MatMul(b.Unary("Softmax", scores, ("axis", -1L)), value), 0, 2, 1, 3);
        return b.WithBias(b.MatMul(b.Reshape(mixed, batch, steps, width), width));
    }

    // [batch, heads, steps, width / heads], the keys with the last two axes exchanged.
    private (ProbeTensor Query, ProbeTensor Key, ProbeTensor Value) Parts(ProbeBuilder b, ProbeTensor x)
    {
        var (batch, steps, width) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        ProbeTensor Head(ProbeTensor part, params long[] order) => b.Transpose(b.Reshape(part, batch, steps, Heads, width / Heads), order);
        if (Form == QueryForm.Apart)
            return (Head(Projected(b, x, width), 0, 2, 1, 3), Head(Projected(b, x, width), 0, 2, 3, 1), Head(Projected(b, x, width), 0, 2, 1, 3));

        var all = Projected(b, x, 3 * width);
        if (Form == QueryForm.Split)
        {
            var parts = b.NodeOf("Split", [all.Name, b.Integers(width, width, width)], [.. Enumerable.Repeat((long[])[batch, steps, width], 3)], ("axis", 2L));
            return (Head(parts[0], 0, 2, 1, 3), Head(parts[1], 0, 2, 3, 1), Head(parts[2], 0, 2, 1, 3));
        }

        var first = b.Transpose(b.Reshape(all, batch, steps, 3, Heads, width / Heads), 2, 0, 3, 1, 4);
        return (b.One(first, axis: 0, 0), b.Transpose(b.One(first, axis: 0, 1), 0, 1, 3, 2), b.One(first, axis: 0, 2));
    }

    private static ProbeTensor Projected(ProbeBuilder b, ProbeTensor x, long width) => b.WithBias(b.MatMul(x, width));
}

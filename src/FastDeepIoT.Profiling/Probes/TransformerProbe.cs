namespace FastDeepIoT.Profiling.Probes;

/// <summary>Networks of attention and feed-forward parts over tokens or patches, with residual adds and normalization.</summary>
internal static class TransformerProbe
{
    private const int FewestNodes = 12;
    private const int MostNodes = 160;

    internal static void Grow(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var heads = random.Size(1, 12);
        var width = heads * Math.Max(4, random.Width(8, 80));
        var (batch, windows) = (random.Chance(0.9) ? 1 : random.Size(2, 8), random.Chance(0.8) ? 1 : random.Size(2, 6));
        var steps = windows * random.Size(4, 300 / windows);
        var x = random.Chance(0.35) ? b.Tokens(batch, steps, width) : b.Input(batch, steps, width);
        var attention = new AttentionBlock(heads, random.Pick<QueryForm>(QueryForm.Apart, QueryForm.Apart, QueryForm.Picked, QueryForm.Split), random.Chance(0.25));
        var normalizedFirst = random.Chance(0.5);
        var mostNodes = random.Size(FewestNodes, MostNodes);
        while (b.Nodes < mostNodes && b.Macs < mostMacs)
        {
            x = Added(b, x, normalized => InWindows(b, normalized, windows, part => attention.Of(b, part)), normalizedFirst);
            x = Added(b, x, normalized => FeedForward(b, normalized, random.Width(width, 4 * width)), normalizedFirst);
        }

        b.Gemm(random.Chance(0.4) ? b.One(x, axis: 1, 0) : b.MeanOver(x, axis: 1), random.Width(2, 500));
    }

    // Networks normalize what a part reads, or what it added.
    private static ProbeTensor Added(ProbeBuilder b, ProbeTensor x, Func<ProbeTensor, ProbeTensor> part, bool normalizedFirst) => normalizedFirst
        ? b.Combine("Add", x, part(b.LayerNormalized(x)))
        : b.LayerNormalized(b.Combine("Add", x, part(x)));

    // Every so many steps belong together, as patches in a window of an image do (Liu et al. 2021).
    private static ProbeTensor InWindows(ProbeBuilder b, ProbeTensor x, long windows, Func<ProbeTensor, ProbeTensor> part)
    {
        if (windows == 1) return part(x);

        var (batch, steps, width) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        var apart = b.Transpose(b.Reshape(x, batch, steps / windows, windows, width), 0, 2, 1, 3);
        var done = part(b.Reshape(apart, batch * windows, steps / windows, width));
        return b.Reshape(b.Transpose(b.Reshape(done, batch, windows, steps / windows, width), 0, 2, 1, 3), batch, steps, width);
    }

    private static ProbeTensor FeedForward(ProbeBuilder b, ProbeTensor x, long inner)
    {
        var y = b.WithBias(b.MatMul(x, inner));
        y = b.Random.Pick(0, 0, 1, 2) switch { 0 => Gelu(b, y), 1 => b.Activate(y, "Relu"), _ => b.Activate(y, "SiLU") };
        return b.WithBias(b.MatMul(y, x.Shape[^1]));
    }

    // The form exporters write; the runtime recognizes it.
    private static ProbeTensor Gelu(ProbeBuilder b, ProbeTensor x)
    {
        long[] shape = [.. x.Shape];
        var erf = b.Unary("Erf", b.Node("Div", [x.Name, b.Fill(MathF.Sqrt(2))], shape));
        var half = b.Combine("Mul", x, b.Node("Add", [erf.Name, b.Fill(1)], shape));
        return b.Node("Mul", [half.Name, b.Fill(0.5f)], shape);
    }
}

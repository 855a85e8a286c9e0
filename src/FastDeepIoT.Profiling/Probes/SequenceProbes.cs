namespace FastDeepIoT.Profiling.Probes;

/// <summary>Networks over sequences: 1-D convolutions, recurrent layers, transformers, perceptrons.</summary>
internal static class SequenceProbes
{
    private const int FewestNodes = 12;
    private const int MostNodes = 160;

    /// <summary>1-D convolutions, dense, depthwise and grouped.</summary>
    internal static void Convolutions(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var x = b.Input(1, random.Width(1, 64), random.Size(random.Chance(0.2) ? 1 : 16, 2000));
        var mostNodes = random.Size(FewestNodes, MostNodes);
        while (b.Nodes < mostNodes && b.Macs < mostMacs)
        {
            var stride = x.Shape[^1] >= 8 && random.Chance(0.3) ? 2 : 1;
            var width = random.Width(4, 512);
            var kernel = random.Pick(1L, 3L, 3L, 5L, 7L, 9L, 15L);
            x = random.Below(8) switch
            {
                0 => b.Depthwise(x, kernel, stride),
                1 => b.Pool(random.Pick("MaxPool", "AveragePool"), x, random.Pick(2L, 3L), stride),
                2 => b.Conv(x, width, kernel, dilation: random.Pick(2L, 4L, 8L)),
                3 => b.Combine("Add", x, b.Conv(x, x.Channels, kernel)),
                4 when x.Elements < 100_000 => b.ConvTranspose(x, width, random.Pick(2L, 4L), 2),
                5 => b.GroupedConv(x, kernel, stride),
                _ => b.Conv(x, width, kernel, stride),
            };
            x = b.Activate(x, random.Pick("", "Relu", "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu"));
        }

        b.Head(x);
    }

    /// <summary>Recurrent layers, one after another, with a dense head.</summary>
    internal static void Recurrent(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var x = b.Input(random.Size(1, 200), random.Pick(1L, 1L, 1L, random.Size(2, 8)), random.Width(4, 256));
        var mostMacsALayer = Math.Max(2e4, mostMacs / 5) / (x.Shape[0] * x.Shape[1]);
        var largest = Math.Clamp(Math.Sqrt(mostMacsALayer / 6), 16, 512);
        while (b.Nodes < 14 && b.Macs < mostMacs)
            x = b.Recurrent(random.Pick("LSTM", "LSTM", "GRU", "GRU", "RNN"), x, random.Width(8, largest), random.Pick(1L, 1L, 2L));
        if (random.Chance(0.5)) x = b.MatMul(x, random.Width(4, 200));
        var mean = b.Node("ReduceMean", [x.Name], [x.Shape[1], x.Shape[2]], ("axes", new long[] { 0 }), ("keepdims", 0L));
        b.Gemm(mean, random.Width(2, 100));
    }

    /// <summary>Dense layers over a few rows.</summary>
    internal static void Perceptron(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var largest = random.Size(48, 4096);
        var (steady, steadyWidth) = (random.Chance(0.4), random.Width(8, largest));
        var x = b.Input(random.Pick(1L, 1L, random.Size(1, 256)), random.Width(4, largest));
        while (b.Nodes < 24 && b.Macs < mostMacs)
        {
            var width = steady && random.Chance(0.85) ? steadyWidth : random.Width(4, largest);
            x = random.Chance(0.7) ? b.Gemm(x, width) : b.WithConstant("Add", b.MatMul(x, width), 1);
            x = b.Activate(x, random.Pick("", "Relu", "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "Softplus"));
            if (random.Chance(0.15)) x = Normalized(b, x);
            if (random.Chance(0.1)) x = b.WithConstant(random.Pick("Mul", "Add", "Sub"), x, x.Shape[1]);
        }

        b.Unary("Softmax", x);
    }

    /// <summary>A few dense layers whose weights no cache holds, as at the end of early image networks.</summary>
    internal static void HeavyPerceptron(ProbeBuilder b)
    {
        var random = b.Random;
        var x = b.Input(random.Pick(1L, 1L, 1L, random.Size(1, 16)), random.Width(256, 12_000));
        var mostWeights = random.Size(1e6, 4e7);
        while (b.Nodes < 8 && b.Macs < mostWeights * x.Shape[0])
            x = b.Activate(b.Gemm(x, random.Width(64, Math.Min(8000, mostWeights / x.Shape[1]))), random.Pick("", "Relu", "Relu", "Tanh"));
        b.Unary("Softmax", x);
    }

    /// <summary>Transformer blocks: attention and a feed-forward part, with residual adds and layer norm.</summary>
    internal static void Transformer(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var heads = random.Size(1, 12);
        var width = heads * Math.Max(4, random.Width(8, 80));
        var x = b.Input(random.Chance(0.9) ? 1 : random.Size(2, 8), random.Size(4, 300), width);
        var normalizedFirst = random.Chance(0.5);
        var mostNodes = random.Size(FewestNodes, MostNodes);
        while (b.Nodes < mostNodes && b.Macs < mostMacs)
        {
            x = Added(b, x, normalized => Attention(b, normalized, heads), normalizedFirst);
            x = Added(b, x, normalized => FeedForward(b, normalized, random.Width(width, 4 * width)), normalizedFirst);
        }

        b.Gemm(b.Node("ReduceMean", [x.Name], [x.Shape[0], width], ("axes", new long[] { 1 }), ("keepdims", 0L)), random.Width(2, 500));
    }

    // Networks normalize what a part reads, or what it added.
    private static ProbeTensor Added(ProbeBuilder b, ProbeTensor x, Func<ProbeTensor, ProbeTensor> part, bool normalizedFirst) => normalizedFirst
        ? b.Combine("Add", x, part(Normalized(b, x)))
        : Normalized(b, b.Combine("Add", x, part(x)));

    private static ProbeTensor FeedForward(ProbeBuilder b, ProbeTensor x, long inner)
    {
        var y = WithBias(b, b.MatMul(x, inner));
        y = b.Random.Pick(0, 0, 1, 2) switch { 0 => Gelu(b, y), 1 => b.Activate(y, "Relu"), _ => b.Activate(y, "SiLU") };
        return WithBias(b, b.MatMul(y, x.Shape[^1]));
    }

    private static ProbeTensor Attention(ProbeBuilder b, ProbeTensor x, long heads)
    {
        var (steps, width) = (x.Shape[1], x.Shape[2]);
        ProbeTensor Head(params long[] order) =>
            b.Transpose(b.Reshape(WithBias(b, b.MatMul(x, width)), x.Shape[0], steps, heads, width / heads), order);
        var scores = b.MatMul(Head(0, 2, 1, 3), Head(0, 2, 3, 1));
        var weights = b.Unary("Softmax", b.WithConstant("Mul", scores), ("axis", -1L));
        var mixed = b.Transpose(b.MatMul(weights, Head(0, 2, 1, 3)), 0, 2, 1, 3);
        return WithBias(b, b.MatMul(b.Reshape(mixed, x.Shape[0], steps, width), width));
    }

    private static ProbeTensor WithBias(ProbeBuilder b, ProbeTensor x) => b.WithConstant("Add", x, x.Shape[^1]);

    private static ProbeTensor Normalized(ProbeBuilder b, ProbeTensor x) => b.Random.Chance(0.15)
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

    // The form exporters write; the runtime recognizes it.
    private static ProbeTensor Gelu(ProbeBuilder b, ProbeTensor x)
    {
        long[] shape = [.. x.Shape];
        var erf = b.Unary("Erf", b.Node("Div", [x.Name, b.Fill(MathF.Sqrt(2))], shape));
        var half = b.Combine("Mul", x, b.Node("Add", [erf.Name, b.Fill(1)], shape));
        return b.Node("Mul", [half.Name, b.Fill(0.5f)], shape);
    }
}

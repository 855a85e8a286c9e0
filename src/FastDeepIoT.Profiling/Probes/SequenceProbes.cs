namespace FastDeepIoT.Profiling.Probes;

/// <summary>Networks over sequences and single vectors: 1-D convolutions, recurrent layers, perceptrons.</summary>
internal static class SequenceProbes
{
    private const int FewestNodes = 12;
    private const int MostNodes = 160;
    private const double FewestMacsOfRecurrences = 1e5;
    private const double MostMacsOfRecurrences = 2e8;
    private const double WidestRecurrence = 768;

    // Of a layer as wide as its input, per step and square of the width: about as many gates read the input and the state.
    private const double MacsOfRecurrence = 6;

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
                2 => b.Conv(x, width, kernel, dilation: random.Pick(2L, 4L, 8L), padded: b.Padding()),
                3 => b.Combine("Add", x, b.Conv(x, x.Channels, kernel)),
                4 when x.Elements < 100_000 => b.ConvTranspose(x, width, random.Pick(2L, 4L), 2),
                5 => b.GroupedConv(x, kernel, stride),
                _ => b.Conv(x, width, kernel, stride, padded: b.Padding()),
            };
            x = b.Activate(x, random.Pick("", "Relu", "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu"));
        }

        b.Head(x);
    }

    /// <summary>
    /// Recurrent layers, one after another, with a dense head. Their weights are read again in every step: how long that takes depends on which cache
    /// holds them, so that wide layers must be among them, if only for a few steps.
    /// </summary>
    internal static void Recurrent(ProbeBuilder b)
    {
        var random = b.Random;
        var (mostMacs, widest) = (random.Size(FewestMacsOfRecurrences, MostMacsOfRecurrences), random.Size(16, WidestRecurrence));
        var (batch, inputs) = (random.Pick(1L, 1L, 1L, random.Size(2, 8)), random.Width(4, Math.Max(widest, 256)));
        var steps = random.Size(1, Math.Clamp(mostMacs / (MacsOfRecurrence * widest * widest * batch), 2, 200));
        var x = random.Chance(0.6) ? b.Input(steps, batch, inputs) : b.Transpose(random.Chance(0.5) ? b.Input(batch, steps, inputs) : b.Tokens(batch, steps, inputs), 1, 0, 2);
        while (b.Nodes < 14 && b.Macs < mostMacs)
            x = b.Recurrent(random.Pick("LSTM", "LSTM", "GRU", "GRU", "RNN"), x, random.Width(8, widest), random.Pick(1L, 1L, 2L));
        if (random.Chance(0.5)) x = b.MatMul(x, random.Width(4, 200));
        b.Gemm(random.Chance(0.5) ? b.One(x, axis: 0, x.Shape[0] - 1) : b.MeanOver(x, axis: 0), random.Width(2, 100));
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
            if (random.Chance(0.2)) x = random.Chance(0.5) ? b.BatchNormalized(x) : b.LayerNormalized(x);
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
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>One row of a table of inverted residuals, as the papers print them.</summary>
/// <param name="Expansion">Inner width over input width, or the inner width itself where it is above 16.</param>
/// <param name="Width">Output width.</param>
/// <param name="Repeats">How many blocks.</param>
/// <param name="Stride">Of the first block.</param>
/// <param name="Kernel">Of the depthwise convolution.</param>
/// <param name="Excites">Whether squeeze-and-excitation follows the depthwise convolution.</param>
internal sealed record Row(double Expansion, int Width, int Repeats, int Stride, int Kernel = 3, bool Excites = false);

/// <summary>
/// Depthwise networks for phones: MobileNet V1 to V3 (Howard, Sandler et al. 2017-2019), MnasNet (Tan et al. 2018), EfficientNet (Tan and
/// Le 2019), ProxylessNAS (Cai et al. 2018).
/// </summary>
internal static class MobileNetworks
{
    private static readonly double[] _multipliers = [0.25, 0.35, 0.5, 0.75, 1.25, 1.4];

    internal static Family V1 { get; } = new("mobilenet_v1", new Architecture("", [224, 96, 128, 160, 192], V1Graph, _multipliers, TensorFlow: 0.5));

    internal static Family V2 { get; } = new("mobilenet_v2", new Architecture("", [224, 96, 128, 160, 192], (net, w, size) => Inverted(net, w, size,
        new Spec(32, 1280, net.Relu6, net.Relu6, Rows:
        [new(1, 16, 1, 1), new(6, 24, 2, 2), new(6, 32, 3, 2), new(6, 64, 4, 2), new(6, 96, 3, 1), new(6, 160, 3, 2), new(6, 320, 1, 1)])), _multipliers, TensorFlow: 0.3));

    internal static Family V3 { get; } = new("mobilenet_v3",
        new Architecture("large", [224, 128, 160, 192], (net, w, size) => Inverted(net, w, size, new Spec(16, 960, net.HardSwish, net.HardSwish, Relus: 6, Rows:
            [new(1, 16, 1, 1), new(64, 24, 1, 2), new(72, 24, 1, 1), new(72, 40, 1, 2, 5, true), new(120, 40, 2, 1, 5, true), new(240, 80, 1, 2),
             new(200, 80, 1, 1), new(184, 80, 2, 1), new(480, 112, 1, 1, 3, true), new(672, 112, 1, 1, 3, true), new(672, 160, 1, 2, 5, true),
             new(960, 160, 2, 1, 5, true)])), _multipliers, TensorFlow: 0.2),
        new Architecture("small", [224, 96, 128, 160], (net, w, size) => Inverted(net, w, size, new Spec(16, 576, net.HardSwish, net.HardSwish, Relus: 3, Rows:
            [new(1, 16, 1, 2, 3, true), new(72, 24, 1, 2), new(88, 24, 1, 1), new(96, 40, 1, 2, 5, true), new(240, 40, 2, 1, 5, true),
             new(120, 48, 1, 1, 5, true), new(144, 48, 1, 1, 5, true), new(288, 96, 1, 2, 5, true), new(576, 96, 2, 1, 5, true)])), _multipliers));

    internal static Family MnasNet { get; } = new("mnasnet", new Architecture("", [224, 96, 128, 160, 192], (net, w, size) => Inverted(net, w, size,
        new Spec(32, 1280, net.Relu, net.Relu, Rows:
        [new(1, 16, 1, 1), new(3, 24, 3, 2), new(3, 40, 3, 2, 5), new(6, 80, 3, 2, 5), new(6, 96, 2, 1), new(6, 192, 4, 2, 5), new(6, 320, 1, 1)])), _multipliers));

    internal static Family EfficientNet { get; } = new("efficientnet", new Architecture("b0", [224, 96, 128, 160, 192], (net, w, size) => Inverted(net, w, size,
        new Spec(32, 1280, net.Silu, net.Silu, Rows:
        [new(1, 16, 1, 1, 3, true), new(6, 24, 2, 2, 3, true), new(6, 40, 2, 2, 5, true), new(6, 80, 3, 2, 3, true), new(6, 112, 3, 1, 5, true),
         new(6, 192, 4, 2, 5, true), new(6, 320, 1, 1, 3, true)])), _multipliers, TensorFlow: 0.2));

    internal static Family Proxyless { get; } = new("proxylessnas", new Architecture("", [224, 96, 128, 160, 192], (net, w, size) => Inverted(net, w, size,
        new Spec(32, 1280, net.Relu6, net.Relu6, Rows:
        [new(1, 16, 1, 1), new(3, 32, 1, 2, 5), new(3, 32, 1, 1), new(3, 40, 1, 2, 7), new(3, 40, 1, 1), new(3, 40, 2, 1, 5), new(6, 80, 1, 2, 7),
         new(3, 80, 3, 1, 5), new(6, 96, 1, 1, 5), new(3, 96, 3, 1, 5), new(6, 192, 1, 2, 7), new(6, 192, 2, 1, 7), new(3, 192, 1, 1, 7), new(6, 320, 1, 1, 7)])), _multipliers));

    private sealed record Spec(int Stem, int Head, Func<Tensor, Tensor> StemActivation, Func<Tensor, Tensor> Activation, Row[] Rows, int Relus = 0);

    private static void V1Graph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(32), Window.Of(3, 2), net.Relu6);
        (int Width, int Stride)[] blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)];
        foreach (var (width, stride) in blocks) x = net.ConvNorm(net.Depthwise(x, Window.Of(3, stride), net.Relu6), w.Of(width), 1, net.Relu6);
        net.Classify(x, 1000);
    }

    private static void Inverted(Net net, Widths w, int size, Spec spec)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(spec.Stem), Window.Of(3, 2), spec.StemActivation);
        for (var i = 0; i < spec.Rows.Length; i++)
        {
            var width = w.Of(spec.Rows[i].Width);
            for (var repeat = 0; repeat < spec.Rows[i].Repeats; repeat++)
                x = Block(net, w, x, width, spec.Rows[i] with { Stride = repeat == 0 ? spec.Rows[i].Stride : 1 }, i < spec.Relus ? net.Relu : spec.Activation);
        }

        net.Classify(net.ConvNorm(x, w.Of(spec.Head), 1, spec.Activation), 1000);
    }

    private static Tensor Block(Net net, Widths w, Tensor x, int width, Row row, Func<Tensor, Tensor> activation)
    {
        var y = row.Expansion == 1 ? x : net.ConvNorm(x, Inner(w, x, row.Expansion), 1, activation);
        y = net.Depthwise(y, Window.Of(row.Kernel, row.Stride), activation);
        if (row.Excites) y = net.SqueezeExcite(y, Math.Max(2, y.Channels / 4), net.HardSigmoid);
        y = net.ConvNorm(y, width, 1);
        return row.Stride == 1 && x.Channels == width ? net.Add(x, y) : y;
    }

    private static long Inner(Widths w, Tensor x, double expansion) =>
        expansion > 16 ? w.Of(expansion) : w.IsOdd ? (long)(x.Channels * expansion * w.Dice.Between(0.75, 1.3)) : (long)(x.Channels * expansion);
}

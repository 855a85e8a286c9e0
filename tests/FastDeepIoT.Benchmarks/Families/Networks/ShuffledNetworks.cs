namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Networks that move channels about: ShuffleNet V2 (Ma et al. 2018) and GhostNet (Han et al. 2019).</summary>
internal static class ShuffledNetworks
{
    internal static Family ShuffleNet { get; } = new("shufflenet_v2", new Architecture("", [224, 96, 128, 160, 192], ShuffleNetGraph, [0.5, 0.75, 1.25, 1.5]));

    internal static Family GhostNet { get; } = new("ghostnet", new Architecture("", [224, 96, 128, 160, 192], GhostNetGraph, [0.5, 0.75, 1.25, 1.3]));

    private static void ShuffleNetGraph(Net net, Widths w, int size)
    {
        var x = net.MaxPool(net.ConvNorm(net.Image(3, size, size), w.Of(24), Window.Of(3, 2), net.Relu), Window.Of(3, 2));
        (int Half, int Repeats)[] stages = [(58, 4), (116, 8), (232, 4)];
        foreach (var (half, repeats) in stages)
        {
            var width = w.Of(half);
            var left = net.ConvNorm(net.Depthwise(x, Window.Of(3, 2)), width, 1, net.Relu);
            x = net.Shuffle(net.Concat(1, left, Branch(net, x, width, 2)), 2);
            for (var i = 1; i < repeats; i++)
            {
                var halves = net.Split(x, 1, width, width);
                x = net.Shuffle(net.Concat(1, halves[0], Branch(net, halves[1], width, 1)), 2);
            }
        }

        net.Classify(net.ConvNorm(x, w.Of(1024), 1, net.Relu), 1000);
    }

    private static Tensor Branch(Net net, Tensor x, int width, int stride) =>
        net.ConvNorm(net.Depthwise(net.ConvNorm(x, width, 1, net.Relu), Window.Of(3, stride)), width, 1, net.Relu);

    private static void GhostNetGraph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(16), Window.Of(3, 2), net.Relu);
        (int Kernel, int Inner, int Width, bool Excites, int Stride)[] rows =
        [
            (3, 16, 16, false, 1), (3, 48, 24, false, 2), (3, 72, 24, false, 1), (5, 72, 40, true, 2), (5, 120, 40, true, 1), (3, 240, 80, false, 2),
            (3, 200, 80, false, 1), (3, 184, 80, false, 1), (3, 480, 112, true, 1), (3, 672, 112, true, 1), (5, 672, 160, true, 2), (5, 960, 160, false, 1),
        ];
        foreach (var row in rows)
        {
            var width = x.Channels == row.Width || row.Stride == 1 && row.Width != 16 && row.Width != 112 ? x.Channels : w.Of(row.Width);
            var y = Ghost(net, x, w.Of(row.Inner), net.Relu);
            if (row.Stride == 2) y = net.Depthwise(y, Window.Of(row.Kernel, 2));
            if (row.Excites) y = net.SqueezeExcite(y, Math.Max(2, y.Channels / 4), net.HardSigmoid);
            y = Ghost(net, y, width, null);
            var shortcut = row.Stride == 1 && x.Channels == width ? x : net.ConvNorm(net.Depthwise(x, Window.Of(row.Kernel, row.Stride)), width, 1);
            x = net.Add(y, shortcut);
        }

        net.Classify(net.ConvNorm(x, w.Of(960), 1, net.Relu), 1000);
    }

    private static Tensor Ghost(Net net, Tensor x, long width, Func<Tensor, Tensor>? activation)
    {
        var primary = net.ConvNorm(x, (width + 1) / 2, 1, activation);
        var both = net.Concat(1, primary, net.Depthwise(primary, 3, activation));
        return both.Channels == width ? both : net.Slice(both, 1, 0, width);
    }
}

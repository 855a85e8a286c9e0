namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Residual networks: ResNet (He et al. 2015), ResNeXt (Xie et al. 2016), RegNet (Radosavovic et al. 2020), DenseNet (Huang et al. 2016).</summary>
internal static class ResidualNetworks
{
    internal static Family ResNet { get; } = new("resnet",
        new Architecture("18", [160, 96, 128, 224], (net, w, size) => ResNetGraph(net, w, size, [2, 2, 2, 2]), [0.25, 0.5, 0.75]),
        new Architecture("50", [128, 96, 160, 192], (net, w, size) => BottleneckGraph(net, w, size, [3, 4, 6, 3]), [0.25, 0.5, 0.75], TensorFlow: 0.3),
        new Architecture("cifar20", [32, 28, 48, 64], CifarGraph, [0.5, 0.75, 1.25, 1.5]));

    internal static Family RegNet { get; } = new("regnet",
        new Architecture("x400mf", [224, 128, 160, 192], (net, w, size) => RegNetGraph(net, w, size, excites: false), [0.5, 0.75, 1.25]),
        new Architecture("resnext50", [96, 64, 128, 160], ResNextGraph, [0.25, 0.5, 0.75]),
        new Architecture("y400mf", [192, 128, 160, 224], (net, w, size) => RegNetGraph(net, w, size, excites: true), [0.5, 0.75, 1.25]));

    internal static Family DenseNet { get; } = new("densenet",
        new Architecture("121", [96, 64, 128, 160], (net, w, size) => DenseNetGraph(net, w, size, 32, [6, 12, 24, 16]), [0.25, 0.5, 0.75]),
        new Architecture("bc", [64, 32, 48, 96], (net, w, size) => DenseNetGraph(net, w, size, 12, [8, 8, 8]), [0.5, 0.75, 1.25, 1.5]));

    private static Tensor Stem(Net net, Widths w, int size) =>
        net.MaxPool(net.ConvNorm(net.Image(3, size, size), w.Of(64), Window.Of(7, 2), net.Relu), Window.Of(3, 2));

    private static void ResNetGraph(Net net, Widths w, int size, int[] depths)
    {
        var x = Stem(net, w, size);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var width = w.Of(64 << stage);
            for (var i = 0; i < depths[stage]; i++) x = Basic(net, w, x, width, i == 0 && stage > 0 ? 2 : 1);
        }

        net.Classify(x, 1000);
    }

    private static void CifarGraph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(16), 3, net.Relu);
        for (var stage = 0; stage < 3; stage++)
        {
            var width = w.Of(16 << stage);
            for (var i = 0; i < 3; i++) x = Basic(net, w, x, width, i == 0 && stage > 0 ? 2 : 1);
        }

        net.Classify(x, 10);
    }

    private static Tensor Basic(Net net, Widths w, Tensor x, int width, int stride)
    {
        var y = net.ConvNorm(x, w.IsOdd ? w.Of(width) : width, Window.Of(3, stride), net.Relu);
        return net.Relu(net.Add(net.ConvNorm(y, width, 3), Shortcut(net, x, width, stride)));
    }

    private static void BottleneckGraph(Net net, Widths w, int size, int[] depths)
    {
        var x = Stem(net, w, size);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var width = w.Of(256 << stage);
            for (var i = 0; i < depths[stage]; i++) x = Bottleneck(net, x, width, (w.Of(64 << stage), 1, i == 0 && stage > 0 ? 2 : 1));
        }

        net.Classify(x, 1000);
    }

    private static void ResNextGraph(Net net, Widths w, int size)
    {
        var x = Stem(net, w, size);
        int[] depths = [3, 4, 6, 3];
        var groups = w.Count(32);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var (width, inner) = (w.Of(256 << stage), groups * w.Of(4 << stage));
            for (var i = 0; i < depths[stage]; i++) x = Bottleneck(net, x, width, (inner, groups, i == 0 && stage > 0 ? 2 : 1));
        }

        net.Classify(x, 1000);
    }

    private static void RegNetGraph(Net net, Widths w, int size, bool excites)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(32), Window.Of(3, 2), net.Relu);
        int[] depths = [1, 2, 7, 8];
        int[] groups = [2, 4, 10, 25];
        var groupWidth = w.Of(16);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var width = groups[stage] * groupWidth;
            for (var i = 0; i < depths[stage]; i++)
            {
                var y = net.ConvNorm(net.ConvNorm(x, width, 1, net.Relu), width, Window.Of(3, i == 0 ? 2 : 1, groups[stage]), net.Relu);
                if (excites) y = net.SqueezeExcite(y, Math.Max(2, x.Channels / 4), net.Sigmoid);
                x = net.Relu(net.Add(Shortcut(net, x, width, i == 0 ? 2 : 1), net.ConvNorm(y, width, 1)));
            }
        }

        net.Classify(x, 1000);
    }

    private static Tensor Bottleneck(Net net, Tensor x, int width, (int Width, int Groups, int Stride) inner)
    {
        var y = net.ConvNorm(net.ConvNorm(x, inner.Width, 1, net.Relu), inner.Width, Window.Of(3, inner.Stride, inner.Groups), net.Relu);
        return net.Relu(net.Add(net.ConvNorm(y, width, 1), Shortcut(net, x, width, inner.Stride)));
    }

    private static Tensor Shortcut(Net net, Tensor x, int width, int stride) =>
        x.Channels == width && stride == 1 ? x : net.ConvNorm(x, width, Window.Of(1, stride));

    private static void DenseNetGraph(Net net, Widths w, int size, int growth, int[] depths)
    {
        var x = depths.Length == 4 ? Stem(net, w, size) : net.Conv(net.Image(3, size, size), w.Of(2 * growth), 3);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            for (var i = 0; i < depths[stage]; i++)
            {
                var y = net.ConvNorm(net.Relu(net.BatchNorm(x)), w.Of(4 * growth), 1, net.Relu);
                x = net.Concat(1, x, net.Conv(y, w.Of(growth), 3));
            }

            if (stage == depths.Length - 1) break;
            x = net.Conv(net.Relu(net.BatchNorm(x)), w.IsOdd ? w.Of(x.Channels / 2.0) : x.Channels / 2, 1);
            x = net.AveragePool(x, Window.Of(2, 2) with { Edge = Edge.Valid });
        }

        net.Classify(net.Relu(net.BatchNorm(x)), 100);
    }
}

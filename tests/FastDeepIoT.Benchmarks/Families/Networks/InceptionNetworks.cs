namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Parallel branches: GoogLeNet (Szegedy et al. 2014) and Inception v3 with factorized windows (2015).</summary>
internal static class InceptionNetworks
{
    internal static Family Inception { get; } = new("inception",
        new Architecture("googlenet", [224, 96, 128, 160], GoogLeNetGraph, [0.25, 0.5, 0.75]),
        new Architecture("v3", [139, 107, 171, 203], InceptionGraph, [0.25, 0.5, 0.75]));

    private static readonly Window _pool = Window.Of(3, 2) with { Edge = Edge.Ceiling };

    private static void GoogLeNetGraph(Net net, Widths w, int size)
    {
        var x = net.MaxPool(net.ConvNorm(net.Image(3, size, size), w.Of(64), Window.Of(7, 2), net.Relu), _pool);
        x = net.MaxPool(net.ConvNorm(net.ConvNorm(x, w.Of(64), 1, net.Relu), w.Of(192), 3, net.Relu), _pool);
        x = Module(net, w, Module(net, w, x, [64, 96, 128, 16, 32, 32]), [128, 128, 192, 32, 96, 64]);
        x = Module(net, w, net.MaxPool(x, _pool), [192, 96, 208, 16, 48, 64]);
        x = Module(net, w, Module(net, w, x, [160, 112, 224, 24, 64, 64]), [128, 128, 256, 24, 64, 64]);
        x = Module(net, w, Module(net, w, x, [112, 144, 288, 32, 64, 64]), [256, 160, 320, 32, 128, 128]);
        x = net.MaxPool(x, Window.Of(2, 2) with { Edge = Edge.Ceiling });
        net.Classify(Module(net, w, Module(net, w, x, [256, 160, 320, 32, 128, 128]), [384, 192, 384, 48, 128, 128]), 1000);
    }

    private static Tensor Module(Net net, Widths w, Tensor x, int[] widths)
    {
        Tensor Unit(Tensor from, int index, int kernel) => net.ConvNorm(from, w.Of(widths[index]), kernel, net.Relu);
        return net.Concat(1, Unit(x, 0, 1), Unit(Unit(x, 1, 1), 2, 3), Unit(Unit(x, 3, 1), 4, 3), Unit(net.MaxPool(x, 3), 5, 1));
    }

    private static void InceptionGraph(Net net, Widths w, int size)
    {
        var valid = new Window(3) { Edge = Edge.Valid };
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(32), valid with { Stride = [2] }, net.Relu);
        x = net.ConvNorm(net.ConvNorm(x, w.Of(32), valid, net.Relu), w.Of(64), 3, net.Relu);
        x = net.MaxPool(x, valid with { Stride = [2] });
        x = net.MaxPool(net.ConvNorm(net.ConvNorm(x, w.Of(80), 1, net.Relu), w.Of(192), valid, net.Relu), valid with { Stride = [2] });
        x = Wide(net, w, Wide(net, w, x, 32), 64);
        x = net.Concat(1, net.ConvNorm(x, w.Of(384), valid with { Stride = [2] }, net.Relu), net.MaxPool(x, valid with { Stride = [2] }));
        x = Factorized(net, w, Factorized(net, w, x, 128), 160);
        net.Classify(x, 100);
    }

    private static Tensor Wide(Net net, Widths w, Tensor x, int pooled)
    {
        Tensor Unit(Tensor from, int width, Window window) => net.ConvNorm(from, w.Of(width), window, net.Relu);
        return net.Concat(1, Unit(x, 64, 1), Unit(Unit(x, 48, 1), 64, 5), Unit(Unit(Unit(x, 64, 1), 96, 3), 96, 3), Unit(net.AveragePool(x, 3), pooled, 1));
    }

    private static Tensor Factorized(Net net, Widths w, Tensor x, int inner)
    {
        var (row, column) = (new Window(1, 7), new Window(7, 1));
        Tensor Unit(Tensor from, int width, Window window) => net.ConvNorm(from, w.Of(width), window, net.Relu);
        var twice = Unit(Unit(Unit(Unit(Unit(x, inner, 1), inner, column), inner, row), inner, column), 192, row);
        return net.Concat(1, Unit(x, 192, 1), Unit(Unit(Unit(x, inner, 1), inner, row), 192, column), twice, Unit(net.AveragePool(x, 3), 192, 1));
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Chains of convolutions and dense layers: AlexNet (Krizhevsky et al. 2012, as torchvision has it), VGG (Simonyan and Zisserman 2014), SqueezeNet 1.1.</summary>
internal static class PlainNetworks
{
    internal static Family AlexNet { get; } = new("alexnet", new Architecture("", [224, 128, 160, 192], AlexNetGraph, [0.25, 0.5, 0.75]));

    internal static Family Vgg { get; } = new("vgg",
        new Architecture("11", [64, 32, 96, 112], (net, w, size) => VggGraph(net, w, size, [1, 1, 2, 2, 2]), [0.25, 0.5, 0.75]),
        new Architecture("16", [32, 48, 64, 96], (net, w, size) => VggGraph(net, w, size, [2, 2, 3, 3, 3]), [0.25, 0.5, 0.75]));

    internal static Family SqueezeNet { get; } = new("squeezenet", new Architecture("", [224, 96, 128, 160, 192], SqueezeNetGraph, [0.5, 0.75, 1.25, 1.5]));

    private static void AlexNetGraph(Net net, Widths w, int size)
    {
        var pool = Window.Of(3, 2) with { Edge = Edge.Valid };
        var x = net.Relu(net.Conv(net.Image(3, size, size), w.Of(64), Window.Of(11, 4), gain: 2));
        x = net.MaxPool(x, pool);
        x = net.MaxPool(net.Relu(net.Conv(x, w.Of(192), 5, gain: 2)), pool);
        foreach (var width in new[] { 384, 256, 256 }) x = net.Relu(net.Conv(x, w.Of(width), 3, gain: 2));
        x = net.Dropout(net.Flatten(net.MaxPool(x, pool)));
        x = net.Dropout(net.Linear(x, w.Of(4096), net.Relu));
        net.Output(net.Linear(net.Linear(x, w.Of(4096), net.Relu), 1000));
    }

    private static void VggGraph(Net net, Widths w, int size, int[] depths)
    {
        var x = net.Image(3, size, size);
        int[] widths = [64, 128, 256, 512, 512];
        for (var stage = 0; stage < depths.Length; stage++)
        {
            for (var i = 0; i < depths[stage]; i++) x = net.ConvNorm(x, w.Of(widths[stage]), 3, net.Relu);
            x = net.MaxPool(x, Window.Of(2, 2) with { Edge = Edge.Valid });
        }

        var hidden = size > 64 ? 1024 : 512;
        x = net.Dropout(net.Linear(net.Flatten(x), w.Of(hidden), net.Relu));
        net.Output(net.Linear(net.Dropout(net.Linear(x, w.Of(hidden), net.Relu)), 100));
    }

    private static void SqueezeNetGraph(Net net, Widths w, int size)
    {
        var pool = Window.Of(3, 2) with { Edge = Edge.Ceiling };
        var x = net.Relu(net.Conv(net.Image(3, size, size), w.Of(64), Window.Of(3, 2) with { Edge = Edge.Valid }, gain: 2));
        x = Fire(net, w, Fire(net, w, net.MaxPool(x, pool), 16, 64), 16, 64);
        x = Fire(net, w, Fire(net, w, net.MaxPool(x, pool), 32, 128), 32, 128);
        x = Fire(net, w, Fire(net, w, net.MaxPool(x, pool), 48, 192), 48, 192);
        x = Fire(net, w, Fire(net, w, x, 64, 256), 64, 256);
        x = net.Relu(net.Conv(net.Dropout(x), 1000, 1, gain: 2));
        net.Output(net.Flatten(net.GlobalPool(x)));
    }

    private static Tensor Fire(Net net, Widths w, Tensor x, int squeeze, int expand)
    {
        var squeezed = net.Relu(net.Conv(x, w.Of(squeeze), 1, gain: 2));
        return net.Concat(1, net.Relu(net.Conv(squeezed, w.Of(expand), 1, gain: 2)), net.Relu(net.Conv(squeezed, w.Of(expand), 3, gain: 2)));
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>
/// Image to image: U-Net (Ronneberger et al. 2015), autoencoders, super-resolution (ESPCN, FSRCNN and EDSR, 2016-2017), style transfer
/// (Johnson et al. 2016).
/// </summary>
internal static class DenseOutputNetworks
{
    internal static Family UNet { get; } = new("unet",
        new Architecture("transposed", [128, 64, 96, 160], (net, w, size) => UNetGraph(net, w, size, Up.Transposed), [0.5, 0.75, 1.25]),
        new Architecture("nearest", [96, 64, 128, 160], (net, w, size) => UNetGraph(net, w, size, Up.Nearest), [0.5, 0.75, 1.25]),
        new Architecture("bilinear", [128, 64, 96, 160], (net, w, size) => UNetGraph(net, w, size, Up.Bilinear), [0.5, 0.75, 1.25]));

    internal static Family Autoencoder { get; } = new("autoencoder",
        new Architecture("conv", [64, 32, 96, 128], ConvAutoencoder, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("dense", [640, 256, 784, 320], DenseAutoencoder, [1.25, 1.5, 2, 3], TensorFlow: 0.5));

    internal static Family SuperResolution { get; } = new("superres",
        new Architecture("espcn", [96, 48, 64, 112], Espcn, [0.25, 0.5, 0.75]),
        new Architecture("edsr", [48, 32, 40, 56], Edsr, [0.25, 0.5, 0.75]),
        new Architecture("fsrcnn", [64, 40, 48, 80], Fsrcnn, [0.5, 0.75, 1.25]));

    internal static Family Style { get; } = new("style", new Architecture("", [128, 64, 80, 96, 112], StyleGraph, [0.25, 0.5, 0.75]));

    private enum Up
    {
        Transposed,
        Nearest,
        Bilinear,
    }

    private static void UNetGraph(Net net, Widths w, int size, Up up)
    {
        Tensor Twice(Tensor from, int width) => net.ConvNorm(net.ConvNorm(from, w.Of(width), 3, net.Relu), w.Of(width), 3, net.Relu);
        var x = Twice(net.Image(3, size, size), 16);
        var skips = new Stack<Tensor>();
        for (var width = 32; width <= 256; width *= 2)
        {
            skips.Push(x);
            x = Twice(net.MaxPool(x, Window.Of(2, 2) with { Edge = Edge.Valid }), width);
        }

        for (var width = 128; width >= 16; width /= 2)
        {
            x = up switch
            {
                Up.Transposed => net.ConvTranspose(x, w.Of(width), 2, 2),
                Up.Nearest => net.ConvNorm(net.Resize(x, 2, "nearest"), w.Of(width), 3, net.Relu),
                _ => net.Resize(x, 2, "linear"),
            };
            x = Twice(net.Concat(1, skips.Pop(), x), width);
        }

        net.Output(net.Conv(x, 2, 1));
    }

    private static void ConvAutoencoder(Net net, Widths w, int size)
    {
        var x = net.Image(3, size, size);
        foreach (var width in new[] { 32, 64, 128 }) x = net.ConvNorm(x, w.Of(width), Window.Of(3, 2), net.Relu);
        x = net.ConvNorm(x, w.Of(16), 1, net.Relu);
        foreach (var width in new[] { 128, 64, 32 }) x = net.Relu(net.ConvTranspose(x, w.Of(width), 4, 2));
        net.Output(net.Sigmoid(net.Conv(x, 3, 3)));
    }

    private static void DenseAutoencoder(Net net, Widths w, int size)
    {
        var x = net.Input("input", 1, size);
        foreach (var width in new[] { 128, 128, 128, 128, 8, 128, 128, 128, 128 })
        {
            x = net.Linear(x, w.Of(width), net.Style.KeepsNormalization ? null : net.Relu, gain: 2);
            if (net.Style.KeepsNormalization) x = net.Relu(net.BatchNorm(x));
        }

        net.Output(net.Linear(x, size));
    }

    private static void Espcn(Net net, Widths w, int size)
    {
        var x = net.Relu(net.Conv(net.Image(1, size, size), w.Of(64), 5, gain: 2));
        x = net.Relu(net.Conv(net.Relu(net.Conv(x, w.Of(64), 3, gain: 2)), w.Of(32), 3, gain: 2));
        net.Output(net.DepthToSpace(net.Conv(x, 9, 3), 3));
    }

    private static void Edsr(Net net, Widths w, int size)
    {
        var width = w.Of(64);
        var start = net.Conv(net.Image(3, size, size), width, 3);
        var x = start;
        for (var i = 0; i < 6; i++)
        {
            var y = net.Conv(net.Relu(net.Conv(x, w.IsOdd ? w.Of(64) : width, 3, gain: 2)), width, 3);
            x = net.Add(net.Mul(y, net.Scalar(0.1)), x);
        }

        x = net.Add(net.Conv(x, width, 3), start);
        x = net.DepthToSpace(net.Conv(x, 4 * width, 3), 2);
        net.Output(net.Conv(x, 3, 3));
    }

    private static void Fsrcnn(Net net, Widths w, int size)
    {
        var x = net.PRelu(net.Conv(net.Image(1, size, size), w.Of(56), 5, gain: 2));
        x = net.PRelu(net.Conv(x, w.Of(12), 1, gain: 2));
        for (var i = 0; i < 4; i++) x = net.PRelu(net.Conv(x, w.Of(12), 3, gain: 2));
        x = net.PRelu(net.Conv(x, w.Of(56), 1, gain: 2));
        net.Output(net.ConvTranspose(x, 1, 9, 3));
    }

    private static void StyleGraph(Net net, Widths w, int size)
    {
        Tensor Unit(Tensor from, int width, int kernel, int stride)
        {
            long pad = kernel / 2;
            var padded = net.Pad(from, "reflect", pad, pad, pad, pad);
            return net.InstanceNorm(net.Conv(padded, width, Window.Of(kernel, stride) with { Edge = Edge.Valid }));
        }

        var x = net.Relu(Unit(net.Image(3, size, size), w.Of(32), 9, 1));
        x = net.Relu(Unit(net.Relu(Unit(x, w.Of(64), 3, 2)), w.Of(128), 3, 2));
        for (var i = 0; i < 3; i++) x = net.Add(x, Unit(net.Relu(Unit(x, w.IsOdd ? w.Of(128) : (int)x.Channels, 3, 1)), (int)x.Channels, 3, 1));
        x = net.Relu(Unit(net.Resize(x, 2, "nearest"), w.Of(64), 3, 1));
        x = net.Relu(Unit(net.Resize(x, 2, "nearest"), w.Of(32), 3, 1));
        net.Output(net.Conv(net.Pad(x, "reflect", 4, 4, 4, 4), 3, new Window(9) { Edge = Edge.Valid }));
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>
/// Sensors and sound: DS-CNN for keywords (Zhang et al. 2017), 1-D convolutions for activities, dilated causal convolutions (Bai et al.
/// 2018), residual 1-D networks, M5 on raw sound (Dai et al. 2016); 3-D convolutions for video.
/// </summary>
internal static class SignalNetworks
{
    internal static Family DsCnn { get; } = new("dscnn", new Architecture("", [49, 61, 98, 101], DsCnnGraph, [0.5, 0.75, 1.25, 1.5, 2.5], TensorFlow: 0.5));

    internal static Family Signal { get; } = new("cnn1d",
        new Architecture("har", [128, 64, 200, 256], HarGraph, [0.5, 0.75, 1.5, 2], TensorFlow: 0.5),
        new Architecture("tcn", [256, 64, 128, 512], TcnGraph, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("tcresnet", [101, 49, 128, 256], TcResNetGraph, [0.5, 1.5, 2, 3]),
        new Architecture("m5", [8000, 4000, 16000], M5Graph, [0.25, 0.5, 1.25]));

    internal static Family Video { get; } = new("cnn3d",
        new Architecture("c3d", [56, 40, 48, 64], C3dGraph, [0.5, 0.75, 1.25]),
        new Architecture("r2plus1d", [56, 32, 48, 64], FactorizedGraph, [0.5, 0.75, 1.25]));

    private static void DsCnnGraph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Image(1, size, 10), w.Of(64), new Window(10, 4) { Stride = [2, 2] }, net.Relu);
        for (var i = 0; i < 4; i++) x = net.ConvNorm(net.Depthwise(x, 3, net.Relu), w.Of(64), 1, net.Relu);
        net.Classify(x, 12);
    }

    private static Tensor Channels(Net net, long channels, long length) => net.Style.IsTensorFlow
        ? net.Transpose(net.Input("input_1", net.Batch, length, channels), 0, 2, 1)
        : net.Input("input", net.Batch, channels, length);

    private static void HarGraph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(Channels(net, w.Dice.Of(3, 6, 9), size), w.Of(64), 5, net.Relu);
        x = net.MaxPool(net.ConvNorm(x, w.Of(64), 5, net.Relu), Window.Of(2, 2) with { Edge = Edge.Valid });
        x = net.MaxPool(net.ConvNorm(x, w.Of(96), 3, net.Relu), Window.Of(2, 2) with { Edge = Edge.Valid });
        x = net.Dropout(net.Linear(net.Dropout(net.Flatten(x)), w.Of(100), net.Relu));
        net.Output(net.Softmax(net.Linear(x, 6)));
    }

    private static void TcnGraph(Net net, Widths w, int size)
    {
        var x = Channels(net, 40, size);
        for (var level = 0; level < 5; level++)
        {
            var (width, dilation) = (w.Of(64), 1 << level);
            Tensor Causal(Tensor from)
            {
                var padded = net.Pad(from, "constant", 2 * dilation, 0);
                return net.Relu(net.Conv(padded, width, new Window(3) { Dilation = dilation, Edge = Edge.Valid }, gain: 2));
            }

            var y = net.Dropout(Causal(net.Dropout(Causal(x))));
            x = net.Relu(net.Add(y, x.Channels == width ? x : net.Conv(x, width, 1)));
        }

        net.Output(net.Linear(net.Pick(x, 2, size - 1), 20));
    }

    private static void TcResNetGraph(Net net, Widths w, int size)
    {
        var x = net.Conv(Channels(net, 40, size), w.Of(16), 3);
        foreach (var wide in new[] { 24, 32, 48 })
        {
            var width = w.Of(wide);
            var y = net.ConvNorm(net.ConvNorm(x, width, Window.Of(9, 2), net.Relu), width, 9);
            x = net.Relu(net.Add(y, net.ConvNorm(x, width, Window.Of(1, 2), net.Relu)));
        }

        net.Classify(x, 12);
    }

    private static void M5Graph(Net net, Widths w, int size)
    {
        var pool = Window.Of(4, 4) with { Edge = Edge.Valid };
        var x = net.MaxPool(net.ConvNorm(Channels(net, 1, size), w.Of(128), Window.Of(79, 4), net.Relu), pool);
        x = net.MaxPool(net.ConvNorm(x, w.Of(128), 3, net.Relu), pool);
        x = net.MaxPool(net.ConvNorm(x, w.Of(256), 3, net.Relu), pool);
        net.Classify(net.ConvNorm(x, w.Of(512), 3, net.Relu), 10);
    }

    private static Tensor Clip(Net net, int frames, int size) => net.Input("input", 1, 3, frames, size, size);

    private static void C3dGraph(Net net, Widths w, int size)
    {
        var half = Window.Of(2, 2) with { Edge = Edge.Valid };
        var x = net.Relu(net.Conv(Clip(net, 8, size), w.Of(16), 3, gain: 2));
        x = net.MaxPool(x, new Window(1, 2, 2) { Stride = [1, 2, 2], Edge = Edge.Valid });
        foreach (var width in new[] { 32, 64, 128 }) x = net.MaxPool(net.Relu(net.Conv(x, w.Of(width), 3, gain: 2)), half);
        x = net.Linear(net.Flatten(x), w.Of(256), net.Relu);
        net.Output(net.Linear(net.Dropout(x), 27));
    }

    private static void FactorizedGraph(Net net, Widths w, int size)
    {
        Tensor Both(Tensor from, int width, int stride) => net.ConvNorm(
            net.ConvNorm(from, w.Of(width * 1.5), new Window(1, 3, 3) { Stride = [1, stride, stride] }, net.Relu),
            width, new Window(3, 1, 1) { Stride = [stride, 1, 1] }, net.Relu);
        var x = Both(Clip(net, 8, size), w.Of(24), 2);
        foreach (var wide in new[] { 24, 48, 96 })
        {
            var width = w.Of(wide);
            x = Both(x, width, wide == 24 ? 1 : 2);
            x = net.Add(x, Both(x, width, 1));
        }

        net.Classify(x, 27);
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Object detectors: YOLO with cross-stage blocks and a path aggregation network (v5 to v8), and one with boxes from NHWC heads (SSD).</summary>
internal static class Detectors
{
    internal static Family Yolo { get; } = new("yolo",
        new Architecture("pan", [160, 96, 128, 192, 224], PanGraph, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("ssd", [192, 128, 160, 224], SsdGraph, [0.5, 0.75, 1.25], TensorFlow: 0.7));

    private const int Classes = 20;

    private static void PanGraph(Net net, Widths w, int size)
    {
        var activation = w.Dice.Chance(0.3) ? net.LeakyRelu : new Func<Tensor, Tensor>(net.Silu);
        Tensor Unit(Tensor from, int width, Window window) => net.ConvNorm(from, width, window, activation);
        Tensor Stage(Tensor from, int width, int repeats) => Cross(net, w, from, (width, repeats), activation);

        var x = Unit(Unit(net.Image(3, size, size), w.Of(16), Window.Of(6, 2)), w.Of(32), Window.Of(3, 2));
        var eighth = Stage(Unit(Stage(x, w.Of(32), 1), w.Of(64), Window.Of(3, 2)), w.Of(64), 2);
        var sixteenth = Stage(Unit(eighth, w.Of(128), Window.Of(3, 2)), w.Of(128), 2);
        x = Pyramid(net, w, Stage(Unit(sixteenth, w.Of(256), Window.Of(3, 2)), w.Of(256), 1), activation);

        var low = Unit(x, w.Of(128), 1);
        var middle = Unit(Stage(net.Concat(1, net.Resize(low, 2, "nearest"), sixteenth), w.Of(128), 1), w.Of(64), 1);
        var fine = Stage(net.Concat(1, net.Resize(middle, 2, "nearest"), eighth), w.Of(64), 1);
        middle = Stage(net.Concat(1, Unit(fine, w.Of(64), Window.Of(3, 2)), middle), w.Of(128), 1);
        low = Stage(net.Concat(1, Unit(middle, w.Of(128), Window.Of(3, 2)), low), w.Of(256), 1);
        net.Output(net.Concat(1, [.. new[] { fine, middle, low }.Select(scale => Boxes(net, scale))]));
    }

    private static Tensor Cross(Net net, Widths w, Tensor x, (int Width, int Repeats) size, Func<Tensor, Tensor> activation)
    {
        var inner = w.IsOdd ? w.Of(size.Width / 2.0) : size.Width / 2;
        var y = net.ConvNorm(x, inner, 1, activation);
        for (var i = 0; i < size.Repeats; i++)
            y = net.Add(y, net.ConvNorm(net.ConvNorm(y, inner, 1, activation), inner, 3, activation));
        return net.ConvNorm(net.Concat(1, y, net.ConvNorm(x, inner, 1, activation)), size.Width, 1, activation);
    }

    private static Tensor Pyramid(Net net, Widths w, Tensor x, Func<Tensor, Tensor> activation)
    {
        var y = net.ConvNorm(x, w.Of(128), 1, activation);
        var once = net.MaxPool(y, 5);
        var twice = net.MaxPool(once, 5);
        return net.ConvNorm(net.Concat(1, y, once, twice, net.MaxPool(twice, 5)), (int)x.Channels, 1, activation);
    }

    private static Tensor Boxes(Net net, Tensor x)
    {
        var (height, width) = (x.Shape[2], x.Shape[3]);
        var y = net.Reshape(net.Conv(x, 3 * (Classes + 5), 1), x.Shape[0], 3, Classes + 5, height, width);
        return net.Reshape(net.Sigmoid(net.Transpose(y, 0, 1, 3, 4, 2)), x.Shape[0], -1, Classes + 5);
    }

    private static void SsdGraph(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Image(3, size, size), w.Of(16), Window.Of(3, 2), net.Relu6);
        var scales = new List<Tensor>();
        (int Width, int Stride)[] blocks = [(32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (256, 1), (512, 2)];
        foreach (var (width, stride) in blocks)
        {
            x = net.ConvNorm(net.Depthwise(x, Window.Of(3, stride), net.Relu6), w.Of(width), 1, net.Relu6);
            if (width == 256 && stride == 1 || width == 512) scales.Add(x);
        }

        scales.Add(net.ConvNorm(net.ConvNorm(x, w.Of(128), 1, net.Relu6), w.Of(256), Window.Of(3, 2), net.Relu6));
        net.Output(net.Concat(1, [.. scales.Select(scale => Head(net, scale, 4))]));
        net.Output(net.Softmax(net.Concat(1, [.. scales.Select(scale => Head(net, scale, Classes + 1))])));
    }

    private static Tensor Head(Net net, Tensor x, int values) =>
        net.Reshape(net.Transpose(net.Conv(x, 6 * values, 3), 0, 2, 3, 1), x.Shape[0], -1, values);
}

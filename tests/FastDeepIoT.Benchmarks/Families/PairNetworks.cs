using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Small networks in which one width of one kind of layer decides, in the company such a layer has.</summary>
internal static class PairNetworks
{
    /// <summary>Writes the network of one kind around one width.</summary>
    internal delegate void Builder(Net net, int width, Dice dice);

    /// <summary>The kinds, with the widths that users meet.</summary>
    internal static IReadOnlyList<(string Kind, int Narrowest, int Widest, Builder Build)> Kinds { get; } =
    [
        ("conv3x3", 12, 160, (net, width, dice) => Images(net, width, dice, x => net.ConvNorm(x, width, 3, net.Relu))),
        ("conv1x1", 16, 320, (net, width, dice) => Images(net, width, dice, x => net.ConvNorm(x, width, 1, net.Relu))),
        ("depthwise", 12, 320, (net, width, dice) => Separable(net, width, dice)),
        ("gemm", 16, 512, Dense),
        ("matmul", 16, 384, Sequence),
        ("gru", 12, 200, (net, width, dice) => Steps(net, dice, new Recurrence("GRU", width))),
        ("lstm", 12, 200, (net, width, dice) => Steps(net, dice, new Recurrence("LSTM", width))),
        ("conv1d", 12, 160, Signal),
    ];

    /// <summary>The network as a model; every width of one group sees the same dice, so that only the width differs.</summary>
    internal static ModelProto Model(Builder build, int width, string group, int seed)
    {
        var style = new Style(Exporter.Torch, 13, KeepsNormalization: false, PoolsByMean: false, ReshapesToFlatten: false, HasIdentities: false);
        var net = new Net(style, Dice.For(seed, group + "/weights"));
        build(net, width, Dice.For(seed, group + "/sizes"));
        return net.Model();
    }

    private static void Images(Net net, int width, Dice dice, Func<Tensor, Tensor> layer)
    {
        var size = dice.Of(7, 14, 20, 28);
        var x = net.ConvNorm(net.Image(dice.Of(3, 24, 32), size, size), width, 3, net.Relu);
        for (var i = 0; i < 3; i++) x = layer(x);
        net.Classify(x, 10);
    }

    private static void Separable(Net net, int width, Dice dice)
    {
        var (size, kernel, outer) = (dice.Of(7, 14, 20, 28), dice.Of(3, 3, 5), dice.Of(16, 24, 48));
        var x = net.ConvNorm(net.Image(3, size, size), outer, 3, net.Relu6);
        for (var i = 0; i < 3; i++)
        {
            var y = net.Depthwise(net.ConvNorm(x, width, 1, net.Relu6), kernel, net.Relu6);
            x = net.Add(x, net.ConvNorm(y, outer, 1));
        }

        net.Classify(x, 10);
    }

    private static void Dense(Net net, int width, Dice dice)
    {
        var x = net.Input("input", dice.Of(1, 1, 4, 16), dice.Of(64, 128, 256));
        for (var i = 0; i < 3; i++) x = net.Linear(x, width, net.Relu);
        net.Output(net.Linear(x, 10));
    }

    private static void Sequence(Net net, int width, Dice dice)
    {
        var model = dice.Of(64, 96, 128);
        var x = net.Input("input", 1, dice.Of(16, 50, 128), model);
        for (var i = 0; i < 3; i++) x = net.LayerNorm(net.Add(x, net.Linear(net.Linear(x, width, net.Relu), model)));
        net.Output(net.Linear(x, 10));
    }

    private static void Steps(Net net, Dice dice, Recurrence layer)
    {
        var x = net.Input("input", 1, dice.Of(10, 32, 64), dice.Of(9, 40, 64));
        var y = net.Recurrent(net.Recurrent(x, layer), layer);
        net.Output(net.Linear(net.Mean(y, keep: false, 1), 6));
    }

    private static void Signal(Net net, int width, Dice dice)
    {
        var kernel = dice.Of(3, 5, 9);
        var x = net.Input("input", 1, dice.Of(6, 40), dice.Of(64, 128, 256));
        for (var i = 0; i < 3; i++) x = net.ConvNorm(x, width, kernel, net.Relu);
        net.Classify(x, 6);
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>
/// Recurrent networks: convolutions before GRU or LSTM (DeepSense, Yao et al. 2017; CRNN, Shi et al. 2015), language models and taggers.
/// </summary>
internal static class RecurrentNetworks
{
    internal static Family ConvRecurrent { get; } = new("conv_gru",
        new Architecture("deepsense", [20, 8, 10, 16], DeepSense, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("crnn", [100, 64, 128, 160], TextReader, [0.25, 0.5, 0.75]),
        new Architecture("speech", [101, 49, 128, 200], Speech, [0.5, 0.75, 1.25]));

    internal static Family Recurrent { get; } = new("recurrent",
        new Architecture("lm", [32, 16, 35, 64], LanguageModel, [0.5, 0.75, 1.25]),
        new Architecture("tagger", [50, 16, 128, 256], Tagger, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("sensor", [128, 32, 64, 200], Sensor, [0.5, 0.75, 1.5, 2], TensorFlow: 0.6));

    private static Recurrence Layer(Widths w, double width, bool both = false) => new(w.Dice.Of("GRU", "LSTM"), w.Of(width), both);

    private static void DeepSense(Net net, Widths w, int size)
    {
        Tensor Sensors(string name)
        {
            var x = net.Relu(net.Conv(net.Input(name, 1, 6, size, 20), w.Of(64), new Window(1, 5) { Stride = [1, 2] }, gain: 2));
            return net.Relu(net.Conv(x, w.Of(64), new Window(1, 3), gain: 2));
        }

        var merged = net.Concat(1, Sensors("acceleration"), Sensors("rotation"));
        for (var i = 0; i < 2; i++) merged = net.Dropout(net.Relu(net.Conv(merged, w.Of(64), 3, gain: 2)));
        var steps = net.Transpose(merged, 0, 2, 1, 3);
        var y = net.Reshape(steps, 1, size, steps.Shape[2] * steps.Shape[3]);
        for (var i = 0; i < 2; i++) y = net.Recurrent(y, new Recurrence("GRU", w.Of(120)));
        net.Output(net.Linear(net.Mean(y, keep: false, 1), 6));
    }

    private static void TextReader(Net net, Widths w, int size)
    {
        var half = Window.Of(2, 2) with { Edge = Edge.Valid };
        var flat = new Window(2, 1) { Stride = [2, 1], Edge = Edge.Valid };
        var x = net.MaxPool(net.ConvNorm(net.Input("input", 1, 1, 32, size), w.Of(64), 3, net.Relu), half);
        x = net.MaxPool(net.ConvNorm(x, w.Of(128), 3, net.Relu), half);
        x = net.MaxPool(net.ConvNorm(net.ConvNorm(x, w.Of(256), 3, net.Relu), w.Of(256), 3, net.Relu), flat);
        x = net.MaxPool(net.ConvNorm(x, w.Of(512), 3, net.Relu), flat);
        x = net.ConvNorm(x, w.Of(512), new Window(2) { Edge = Edge.Valid }, net.Relu);
        var y = net.Transpose(net.Squeeze(x, 2), 2, 0, 1);
        for (var i = 0; i < 2; i++) y = net.TimeFirst(y, Layer(w, 256, both: true));
        net.Output(net.Linear(y, 37));
    }

    private static void Speech(Net net, Widths w, int size)
    {
        var x = net.ConvNorm(net.Input("input", 1, 1, size, 40), w.Of(32), new Window(5, 5) { Stride = [2, 2] }, net.Relu);
        x = net.ConvNorm(x, w.Of(32), new Window(3, 3) { Stride = [1, 2] }, net.Relu);
        var steps = net.Transpose(x, 0, 2, 1, 3);
        var y = net.Recurrent(net.Reshape(steps, 1, steps.Shape[1], -1), Layer(w, 128, both: w.Dice.Chance(0.5)));
        y = net.Linear(net.Pick(y, 1, y.Shape[1] - 1), w.Of(64), net.Relu);
        net.Output(net.Linear(y, 12));
    }

    private static void LanguageModel(Net net, Widths w, int size)
    {
        var y = net.Embedding(net.Indices("tokens", 1, size), 5000, w.Of(200));
        var depth = w.Dice.Of(1, 2);
        for (var i = 0; i < depth; i++) y = net.Dropout(net.Recurrent(y, Layer(w, 256)));
        net.Output(net.Linear(y, 5000));
    }

    private static void Tagger(Net net, Widths w, int size)
    {
        var y = net.Embedding(net.Indices("tokens", 1, size), 4000, w.Of(100));
        var depth = w.Dice.Of(1, 2);
        for (var i = 0; i < depth; i++) y = net.Recurrent(y, Layer(w, 128, both: true));
        net.Output(net.Linear(y, 17));
    }

    private static void Sensor(Net net, Widths w, int size)
    {
        var y = net.Recurrent(net.Input("input", 1, size, w.Dice.Of(3, 6, 9)), Layer(w, 64));
        if (w.Dice.Chance(0.5)) y = net.Recurrent(y, Layer(w, 32));
        net.Output(net.Softmax(net.Linear(net.Pick(y, 1, size - 1), 6)));
    }
}

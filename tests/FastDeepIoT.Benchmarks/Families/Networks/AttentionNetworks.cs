using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>
/// Transformers: encoders for text (BERT, Devlin et al. 2018, in small), vision transformers (Dosovitskiy et al. 2020), MobileViT (Mehta and
/// Rastegari 2021); and networks of dense layers only, among them MLP-Mixer (Tolstikhin et al. 2021).
/// </summary>
internal static class AttentionNetworks
{
    internal static Family Bert { get; } = new("bert",
        new Architecture("tiny", [128, 16, 32, 64, 256], (net, w, size) => BertGraph(net, w, size, 2, 2), [1, 1.5, 2]),
        new Architecture("mini", [64, 16, 32, 128, 384], (net, w, size) => BertGraph(net, w, size, 4, 4), [0.5, 0.75, 1.25]),
        new Architecture("distil", [32, 16, 64], (net, w, size) => BertGraph(net, w, size, 3, 12), [0.5, 0.75]));

    internal static Family Vision { get; } = new("vit",
        new Architecture("tiny", [128, 64, 96, 160], VitGraph, [0.5, 0.75, 1.25, 1.5]),
        new Architecture("mobilevit", [128, 96, 160, 192], MobileVitGraph, [0.5, 0.75, 1.25, 1.5]));

    internal static Family Dense { get; } = new("mlp",
        new Architecture("plain", [1, 1, 8, 32], PlainGraph, [0.25, 0.5, 1.5, 2], TensorFlow: 0.4),
        new Architecture("mixer", [128, 64, 96, 160], MixerGraph, [0.5, 0.75, 1.25, 1.5]));

    private static void BertGraph(Net net, Widths w, int length, int layers, int heads)
    {
        var size = TransformerSize.Of(w, heads, 64, 4);
        var tokens = net.Indices("input_ids", 1, length);
        var mask = w.Dice.Chance(0.5) ? Mask(net, net.Indices("attention_mask", 1, length)) : null;
        var x = net.Add(net.Embedding(tokens, 4000, size.Width), net.Weights(0.1, [1, length, size.Width]));
        x = net.LayerNorm(x);
        for (var i = 0; i < layers; i++) x = net.PostNormLayer(x, size, mask);
        net.Output(net.Linear(net.Linear(net.Pick(x, 1, 0), size.Width, net.Tanh), 2));
    }

    // Ones where a word is; the smallest float would drown the scores where none is, and timing inputs are all zero, so a mild one stands in.
    private static Tensor Mask(Net net, Tensor words)
    {
        var wide = net.Unsqueeze(net.Unsqueeze(words, 1), 2);
        var floats = net.Node("Cast", wide.Shape, [wide], ("to", (int)TensorProto.Types.DataType.Float));
        return net.Mul(net.Sub(net.Scalar(1), floats), net.Scalar(-10));
    }

    private static void VitGraph(Net net, Widths w, int image)
    {
        var size = TransformerSize.Of(w, 3, 64, 4);
        var patches = net.Conv(net.Image(3, image, image), size.Width, Window.Of(16, 16) with { Edge = Edge.Valid });
        var x = net.Transpose(net.Reshape(patches, patches.Shape[0], size.Width, -1), 0, 2, 1);
        x = net.Concat(1, net.Weights(0.1, [x.Shape[0], 1, size.Width]), x);
        x = net.Add(x, net.Weights(0.1, [1, x.Shape[1], size.Width]));
        for (var i = 0; i < 6; i++) x = net.PreNormLayer(x, size, net.Gelu);
        net.Output(net.Linear(net.Pick(net.LayerNorm(x), 1, 0), 1000));
    }

    private static void MobileVitGraph(Net net, Widths w, int image)
    {
        Tensor Inverted(Tensor from, long width, int stride)
        {
            var y = net.Depthwise(net.ConvNorm(from, 2 * from.Channels, 1, net.Silu), Window.Of(3, stride), net.Silu);
            y = net.ConvNorm(y, width, 1);
            return stride == 1 && from.Channels == width ? net.Add(from, y) : y;
        }

        var x = Inverted(net.ConvNorm(net.Image(3, image, image), w.Of(16), Window.Of(3, 2), net.Silu), w.Of(16), 1);
        x = Inverted(Inverted(x, w.Of(24), 2), w.Of(48), 2);
        x = Mixed(net, x, TransformerSize.Of(w, 4, 16, 2), 2);
        x = Mixed(net, Inverted(x, w.Of(64), 2), TransformerSize.Of(w, 4, 20, 2), 2);
        net.Classify(net.ConvNorm(x, w.Of(256), 1, net.Silu), 100);
    }

    private static Tensor Mixed(Net net, Tensor x, TransformerSize size, int layers)
    {
        var (batch, high, wide) = (x.Shape[0], x.Shape[2] / 2, x.Shape[3] / 2);
        var y = net.Conv(net.ConvNorm(x, x.Channels, 3, net.Silu), size.Width, 1);
        var folded = net.Transpose(net.Reshape(y, batch * size.Width * high, 2, wide, 2), 0, 2, 1, 3);
        var sequence = net.Transpose(net.Reshape(folded, batch, size.Width, high * wide, 4), 0, 3, 2, 1);
        sequence = net.Reshape(sequence, batch * 4, high * wide, size.Width);
        for (var i = 0; i < layers; i++) sequence = net.PreNormLayer(sequence, size, net.Silu);
        sequence = net.Transpose(net.Reshape(net.LayerNorm(sequence), batch, 4, high * wide, size.Width), 0, 3, 2, 1);
        y = net.Transpose(net.Reshape(sequence, batch * size.Width * high, wide, 2, 2), 0, 2, 1, 3);
        y = net.ConvNorm(net.Reshape(y, batch, size.Width, 2 * high, 2 * wide), x.Channels, 1, net.Silu);
        return net.ConvNorm(net.Concat(1, x, y), x.Channels, 3, net.Silu);
    }

    private static void PlainGraph(Net net, Widths w, int batch)
    {
        var x = net.Input("input", batch, w.Dice.Of(784, 561, 300, 128));
        var depth = w.Dice.Of(2, 3, 4);
        for (var i = 0; i < depth; i++) x = net.Dropout(net.Linear(x, w.Of(512 >> i / 2), net.Relu));
        net.Output(net.Softmax(net.Linear(x, 10)));
    }

    private static void MixerGraph(Net net, Widths w, int image)
    {
        var (width, tokens, channels) = (w.Of(128), w.Of(64), w.Of(512));
        var patches = net.Conv(net.Image(3, image, image), width, Window.Of(16, 16) with { Edge = Edge.Valid });
        var x = net.Transpose(net.Reshape(patches, patches.Shape[0], width, -1), 0, 2, 1);
        for (var i = 0; i < 4; i++)
        {
            var y = net.Transpose(net.LayerNorm(x), 0, 2, 1);
            x = net.Add(x, net.Transpose(net.Linear(net.Linear(y, tokens, net.Gelu), y.Features, gain: 0.3), 0, 2, 1));
            x = net.Add(x, net.Linear(net.Linear(net.LayerNorm(x), channels, net.Gelu), width, gain: 0.3));
        }

        net.Output(net.Linear(net.Mean(net.LayerNorm(x), keep: false, 1), 100));
    }
}

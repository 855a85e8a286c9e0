namespace FastDeepIoT.Benchmarks.Families;

internal sealed partial class Net
{
    private const double Epsilon = 1e-5;

    /// <summary>Batch normalization as a node of its own.</summary>
    internal Tensor BatchNorm(Tensor x) => Node("BatchNormalization", x.Shape,
        [x, Weights(0.1, [x.Channels], 1), Weights(0.05, [x.Channels]), Weights(0.05, [x.Channels]), Weights(0.1, [x.Channels], 1)],
        ("epsilon", style.IsTensorFlow ? 1e-3 : Epsilon), ("momentum", 0.9));

    internal Tensor InstanceNorm(Tensor x) =>
        Node("InstanceNormalization", x.Shape, [x, Weights(0.1, [x.Channels], 1), Weights(0.05, [x.Channels])], ("epsilon", Epsilon));

    /// <summary>Group normalization as torch writes it: an instance normalization between reshapes, then scale and offset of the channels.</summary>
    internal Tensor GroupNorm(Tensor x, long groups)
    {
        var grouped = Reshape(x, x.Shape[0], groups, -1);
        var normal = Node("InstanceNormalization", grouped.Shape,
            [grouped, Floats([.. Enumerable.Repeat(1f, (int)groups)], groups), Floats(new float[groups], groups)], ("epsilon", Epsilon));
        long[] ones = [.. Repeat(1, x.Spatial.Length)];
        return Add(Mul(Reshape(normal, x.Shape), Weights(0.1, [x.Channels, .. ones], 1)), Weights(0.05, [x.Channels, .. ones]));
    }

    /// <summary>Layer normalization over the last axis: one node since operator set 17, nine before.</summary>
    internal Tensor LayerNorm(Tensor x)
    {
        long[] features = [x.Features];
        if (style.Opset >= 17)
            return Node("LayerNormalization", x.Shape, [x, Weights(0.1, features, 1), Weights(0.05, features)], ("axis", -1), ("epsilon", Epsilon));

        var centered = Sub(x, Mean(x, keep: true, -1));
        var variance = Mean(Node("Pow", x.Shape, [centered, Scalar(2)]), keep: true, -1);
        var deviation = Node("Sqrt", variance.Shape, [Add(variance, Scalar(Epsilon))]);
        return Add(Mul(Div(centered, deviation), Weights(0.1, features, 1)), Weights(0.05, features));
    }
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Who wrote a graph.</summary>
internal enum Exporter
{
    /// <summary>torch.onnx.export.</summary>
    Torch,

    /// <summary>tf2onnx, from Keras.</summary>
    TensorFlow,
}

/// <summary>The habits of the exporter that wrote a graph, and of the person who called it.</summary>
/// <param name="Exporter">Who wrote it.</param>
/// <param name="Opset">The operator set, 11 to 17.</param>
/// <param name="KeepsNormalization">Batch normalization stays a node of its own instead of being folded into the convolution before it.</param>
/// <param name="PoolsByMean">Global pooling is a mean over two axes.</param>
/// <param name="ReshapesToFlatten">Flattening is a Reshape.</param>
/// <param name="HasIdentities">Dropout and shared weights leave Identity nodes.</param>
internal sealed record Style(
    Exporter Exporter, int Opset, bool KeepsNormalization, bool PoolsByMean, bool ReshapesToFlatten, bool HasIdentities)
{
    private static readonly int[] Opsets = [11, 12, 13, 14, 15, 16, 17];

    /// <summary>Whether tf2onnx wrote it.</summary>
    internal bool IsTensorFlow => Exporter == Exporter.TensorFlow;

    /// <summary>The file format version that exporters of this operator set write.</summary>
    internal int IrVersion => Opset switch { < 12 => 6, < 15 => 7, _ => 8 };

    /// <summary>A random style.</summary>
    internal static Style Random(Dice dice, double tensorFlowShare) => new(
        dice.Chance(tensorFlowShare) ? Exporter.TensorFlow : Exporter.Torch, dice.Of(Opsets),
        KeepsNormalization: dice.Chance(0.2), PoolsByMean: dice.Chance(0.3), ReshapesToFlatten: dice.Chance(0.3), HasIdentities: dice.Chance(0.3));
}

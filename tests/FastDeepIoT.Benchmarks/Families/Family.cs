namespace FastDeepIoT.Benchmarks.Families;

/// <summary>One network of a family.</summary>
/// <param name="Name">What tells it from others of the family; empty for the only one.</param>
/// <param name="Sizes">Input sizes, that of the publication or of this benchmark's standard first.</param>
/// <param name="Build">Writes the network.</param>
/// <param name="Multipliers">Width multipliers that keep a run between about 30 microseconds and 60 milliseconds.</param>
/// <param name="TensorFlow">The share of variants that tf2onnx wrote; torch.onnx wrote the others.</param>
internal sealed record Architecture(string Name, int[] Sizes, Action<Net, Widths, int> Build, double[] Multipliers, double TensorFlow = 0);

/// <summary>Networks that a report judges together.</summary>
internal sealed record Family(string Name, params Architecture[] Architectures)
{
    /// <summary>All families.</summary>
    internal static IReadOnlyList<Family> All { get; } =
    [
        PlainNetworks.AlexNet, PlainNetworks.Vgg, PlainNetworks.SqueezeNet,
        ResidualNetworks.ResNet, ResidualNetworks.RegNet, ResidualNetworks.DenseNet, InceptionNetworks.Inception,
        MobileNetworks.V1, MobileNetworks.V2, MobileNetworks.V3, MobileNetworks.MnasNet, MobileNetworks.EfficientNet, MobileNetworks.Proxyless,
        ShuffledNetworks.ShuffleNet, ShuffledNetworks.GhostNet,
        DenseOutputNetworks.UNet, DenseOutputNetworks.Autoencoder, DenseOutputNetworks.SuperResolution, DenseOutputNetworks.Style, Detectors.Yolo,
        SignalNetworks.DsCnn, SignalNetworks.Signal, SignalNetworks.Video,
        RecurrentNetworks.ConvRecurrent, RecurrentNetworks.Recurrent,
        AttentionNetworks.Bert, AttentionNetworks.Vision, AttentionNetworks.Dense,
    ];
}

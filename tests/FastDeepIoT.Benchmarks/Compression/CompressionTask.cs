using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Benchmarks;

/// <summary>A trained network with data to compress it by, and others to measure its accuracy on.</summary>
/// <param name="Name">How the benchmark calls it.</param>
/// <param name="Model">Path of the model below the shared folder.</param>
/// <param name="Calibration">Path of the data to compress by.</param>
/// <param name="Test">Path of the data nobody saw; the same where one file has all.</param>
/// <param name="Preprocessing">How values become inputs.</param>
internal sealed record CompressionTask(string Name, string Model, string Calibration, string Test, Preprocessing Preprocessing)
{
    private const int Known = 1000;

    private static readonly Preprocessing Bytes = new() { Scale = 1.0 / 255 };

    private static readonly Preprocessing Photographs = new()
    {
        Scale = 1.0 / 255,
        Mean = [0.485, 0.456, 0.406],
        Std = [0.229, 0.224, 0.225],
        ChannelsLast = true,
    };

    /// <summary>The tasks: images, human activity and speech, each with a convolutional and, for two of them, a recurrent network.</summary>
    internal static IReadOnlyList<CompressionTask> All { get; } =
    [
        Sensing("image/cifar_mnv2_base", Bytes), Sensing("image/cifar_mnv2_prune85", Bytes), Sensing("image/cifar_mnv2_prune65", Bytes),
        Sensing("image/cifar_mnv2_prune45", Bytes),
        Sensing("har/har_deepsense_base"), Sensing("har/har_deepsense_prune65"), Sensing("har/har_deepsense_prune45"),
        new("har_cnn", "models/ambiq_har_cnn1d/har_cnn1d.onnx", "data/wisdm_watch_5act.npz", "data/wisdm_watch_5act.npz", Preprocessing.None),
        Sensing("speech/digits_dscnn_base"), Sensing("speech/digits_dscnn_prune85"), Sensing("speech/digits_dscnn_prune65"),
        Sensing("speech/digits_dscnn_prune45"),
        Sensing("speech/digits_crnn_base"), Sensing("speech/digits_crnn_prune65"), Sensing("speech/digits_crnn_prune45"),
        new("resnet20", "models/akamaster_resnet20/resnet20_cifar10.onnx", "data/cifar10_calib2k.npz", "data/cifar10_test5k.npz", Photographs),
        new("resnet44", "models/akamaster_resnet44/resnet44_cifar10.onnx", "data/cifar10_calib2k.npz", "data/cifar10_test5k.npz", Photographs),
    ];

    /// <summary>Reads 1,000 samples to compress by, and those nobody saw.</summary>
    internal (CalibrationSamples Known, CalibrationSamples Unseen) Samples(string shared, ModelProto model)
    {
        var known = CalibrationSamples.All(CalibrationData.Read(Path.Combine(shared, Calibration), model, Preprocessing));
        if (Test == Calibration)
        {
            // One subject's samples lie next to each other.
            var all = known.Shuffled(seed: 1);
            return (all.Take(Known), all.Last(all.Count - Known));
        }

        return (known.Take(Known), CalibrationSamples.All(CalibrationData.Read(Path.Combine(shared, Test), model, Preprocessing)));
    }

    private static CompressionTask Sensing(string name, Preprocessing? preprocessing = null)
    {
        var data = $"data/sensing/{name.Split('/')[0]}";
        return new(name.Split('/')[1], $"models/sensing/{name}.onnx", $"{data}/dev_calib.npz", $"{data}/dev_test.npz", preprocessing ?? Preprocessing.None);
    }
}

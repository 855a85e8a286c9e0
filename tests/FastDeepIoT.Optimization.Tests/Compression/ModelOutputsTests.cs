using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class ModelOutputsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_labels_every_output_counts_and_the_one_that_is_off_most_decides()
    {
        var (model, second) = TwoOutputs();
        var (original, halved) = (Outputs(model), Outputs(Scaled(model, second, 0.5f)));

        Assert.Equal([5, 3 * 36], original.Parts);
        Assert.False(original.IsScores);
        Assert.Equal(0, original.SquareErrorFrom(original));
        // Half of what varies is gone, a quarter of its variance, and half of its mean.
        Assert.InRange(halved.SquareErrorFrom(original), 0.25, 100);
        Assert.Equal(original.Values[..5], halved.Values[..5]);
    }

    [Fact]
    public void With_labels_the_output_that_they_belong_to_counts()
    {
        var (model, _) = TwoOutputs();

        var outputs = Outputs(model, labels: true);

        Assert.Equal([5], outputs.Parts);
        Assert.True(outputs.IsScores);
    }

    [Fact]
    public void Of_large_outputs_some_numbers_of_every_sample_are_kept()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Input(-1, 3, 6, 6), 3, 200));

        var outputs = Outputs(model);

        Assert.InRange(outputs.PerSample, 1000, 200 * 36 - 1);
        Assert.Equal(40 * outputs.PerSample, outputs.Values.Length);
        Assert.All(Enumerable.Range(1, 39), sample => Assert.NotEqual(outputs.Values[0], outputs.Values[sample * outputs.PerSample]));
    }

    [Fact]
    public void A_network_with_large_activations_is_fitted_to_fewer_samples()
    {
        var model = RedundantNetworks.Build("Conv");
        var split = DataSplit.Of(RedundantNetworks.Samples(model, _folder.FullName, 400), null, seed: 1);

        var (result, report) = Compressor.Compress(model, null, Steering.SyntheticDevice.Stepped(4, 4), split,
            new CompressionOptions { MaxDrop = 0.5, MostActivationBytes = 1 }, null, TestContext.Current.CancellationToken);

        Assert.NotNull(result.Model);
        Assert.InRange(report.FitSamples, 32, 100);
    }

    private ModelOutputs Outputs(ModelProto model, bool labels = false)
    {
        var samples = CalibrationSamples.All(labels ? RedundantNetworks.Labelled(model, _folder.FullName, 40, classes: 5) : RedundantNetworks.Samples(model, _folder.FullName, 40));
        return ModelOutputs.Of(model, samples, TestContext.Current.CancellationToken);
    }

    // Scores, and a map whose weights are told.
    private static (ModelProto Model, string Weights) TwoOutputs()
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.Conv(b.Input(-1, 3, 6, 6), 3, 8)]);
        var scores = b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]), 8, 5);
        var map = b.Conv(x, 8, 3);
        return (b.Output(scores, map), b.Model.Graph.Node.Single(node => node.Output.Contains(map)).Input[1]);
    }

    private static ModelProto Scaled(ModelProto model, string weights, float factor)
    {
        var copy = model.Clone();
        var tensor = copy.Graph.Initializer.Single(tensor => tensor.Name == weights);
        tensor.RawData = SiteWeights.Bytes([.. SiteWeights.Values(tensor).Select(value => value * factor)]);
        return copy;
    }
}

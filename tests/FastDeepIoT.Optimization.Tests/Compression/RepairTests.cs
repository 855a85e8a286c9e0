using FastDeepIoT.Onnx;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class RepairTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");
    private readonly RuntimeProduct _product = new();

    public void Dispose()
    {
        _product.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Conv")]
    [InlineData("Strided")]
    [InlineData("Depthwise")]
    [InlineData("Gemm")]
    [InlineData("Flatten")]
    [InlineData("MatMul")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void Channels_that_say_nothing_new_go_first_and_cost_next_to_nothing(string reader)
    {
        var model = RedundantNetworks.Build(reader);
        var samples = CalibrationSamples.All(RedundantNetworks.Samples(model, _folder.FullName));
        var groups = WidthGroups.Of(model);
        var group = groups.Open.First(group => group.Size == RedundantNetworks.Width);
        var records = OriginalRecords.Of(model, groups, samples, _product, null, TestContext.Current.CancellationToken);
        var original = ModelOutputs.Of(model, samples, TestContext.Current.CancellationToken);

        var ranking = ChannelRanking.Of(group, records)!;
        var change = new WidthChange();
        change.Take(group, ranking.Kept(RedundantNetworks.Distinct));
        var repair = new NetworkRepair(model, groups, records, samples, _product);
        var repaired = ModelOutputs.Of(repair.InSequence(change, TestContext.Current.CancellationToken), samples, TestContext.Current.CancellationToken);
        var cut = ModelOutputs.Of(WidthRewriter.Apply(model, groups, change), samples, TestContext.Current.CancellationToken);

        // A depthwise reader tells the twins apart: what is left is what least squares cannot give back.
        var tolerance = reader == "Depthwise" ? 0.3 : 1e-2;
        Assert.InRange(repaired.SquareErrorFrom(original), 0, tolerance);
        Assert.True(repaired.SquareErrorFrom(original) < 0.5 * cut.SquareErrorFrom(original));
        if (reader != "Depthwise")
            Assert.InRange(ranking.Losses[RedundantNetworks.Distinct], 0, tolerance);
        Assert.Equal(ranking.Losses.Order(), ranking.Losses);
    }

    [Fact]
    public void A_network_that_keeps_all_its_channels_is_not_touched()
    {
        var model = RedundantNetworks.Build("Conv");
        var samples = CalibrationSamples.All(RedundantNetworks.Samples(model, _folder.FullName));
        var groups = WidthGroups.Of(model);
        var records = OriginalRecords.Of(model, groups, samples, _product, null, TestContext.Current.CancellationToken);

        Assert.Equal(model, new NetworkRepair(model, groups, records, samples, _product).InSequence(new WidthChange(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Singular_systems_have_a_finite_solution()
    {
        var covariance = new double[] { 1, 1, 1, 1 };

        var solution = new Ridge(covariance, 2, 1e-12).Solve(new RowMatrix(1, 2, [2, 2]));

        Assert.All(solution.Values, value => Assert.InRange(value, 0.9, 1.1));
    }
}

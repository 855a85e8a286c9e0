using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization.Tests.Steering;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class CompressorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Channels_that_cost_time_and_say_nothing_new_are_removed()
    {
        var model = RedundantNetworks.Build("Gemm");

        var (result, report) = Compress(model, new CompressionOptions { MaxDrop = 0.02 });

        Assert.NotNull(result.Model);
        Assert.Null(report.Missed);
        Assert.InRange(report.Judged!.Fraction, -1, 0.02);
        Assert.Equal(DropMeasure.Agreement, report.Judged.Measure);
        Assert.True(result.Report.After.Nanoseconds < result.Report.Before.Nanoseconds);
        Assert.Contains(result.Report.Widths, width => width.Before == RedundantNetworks.Width && width.After <= RedundantNetworks.Distinct);
        Assert.Contains(result.Model.MetadataProps, entry => entry.Key == "fastdeepiot.compress");
    }

    [Fact]
    public void The_same_input_and_seed_give_the_same_bytes()
    {
        var model = RedundantNetworks.Build("Conv");
        var options = new CompressionOptions { MaxDrop = 0.5 };

        var one = Compress(model, options).Result.Model!.ToByteArray();

        Assert.Equal(one, Compress(model, options).Result.Model!.ToByteArray());
    }

    [Fact]
    public void A_budget_out_of_reach_is_refused_with_how_far_it_got()
    {
        var (result, report) = Compress(RedundantNetworks.Build("Conv"), new CompressionOptions { BudgetNanoseconds = 1 });

        Assert.Null(result.Model);
        Assert.Contains("the fastest that was found is predicted to take", report.Missed, StringComparison.Ordinal);
        Assert.Equal(DiagnosticCode.DropTooLarge, Assert.Single(result.Report.Findings).Code);
    }

    [Fact]
    public void A_budget_that_costs_too_much_is_refused_with_the_drop()
    {
        var model = RedundantNetworks.Build("Conv");
        var fastest = Compress(model, new CompressionOptions { MaxDrop = 10, WholeFrontier = true }).Report.Frontier[^1].Nanoseconds;

        var (result, report) = Compress(model, new CompressionOptions { MaxDrop = 1e-6, BudgetNanoseconds = fastest });

        Assert.Null(result.Model);
        Assert.Contains("relative output error", report.Missed, StringComparison.Ordinal);
        Assert.NotEmpty(report.Frontier);
    }

    [Fact]
    public void The_frontier_gets_faster_from_point_to_point()
    {
        var frontier = Compress(RedundantNetworks.Build("Gemm"), new CompressionOptions { WholeFrontier = true }).Report.Frontier;

        Assert.True(frontier.Count > 2);
        Assert.Equal(frontier.OrderByDescending(point => point.Nanoseconds), frontier);
    }

    [Fact]
    public void Work_that_is_cancelled_stops()
    {
        var model = RedundantNetworks.Build("Conv");
        var split = Split(model);

        Assert.Throws<OperationCanceledException>(() =>
            Compressor.Compress(model, null, SyntheticDevice.Stepped(4, 4), split, null, null, new CancellationToken(canceled: true)));
    }

    private CompressionResult Compress(ModelProto model, CompressionOptions options) =>
        Compressor.Compress(model, null, SyntheticDevice.Stepped(4, 4), Split(model), options, null, TestContext.Current.CancellationToken);

    private DataSplit Split(ModelProto model) => DataSplit.Of(RedundantNetworks.Samples(model, _folder.FullName, 400), null, seed: 1);
}

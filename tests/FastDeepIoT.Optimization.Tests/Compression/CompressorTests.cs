using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization.Tests.Steering;
using FastDeepIoT.Tests.Building;
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

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.8)]
    [InlineData(0.65)]
    [InlineData(0.5)]
    public void What_is_delivered_meets_its_budget_as_the_runtime_runs_it(double share)
    {
        var model = RedundantNetworks.Build("Depthwise");
        var budget = share * BeforeOf(model);

        var (result, report) = Compress(model, new CompressionOptions { MaxDrop = 10, BudgetNanoseconds = budget });

        Assert.NotNull(result.Model);
        Assert.InRange(result.Report.After.Nanoseconds, 0, budget);
        Assert.Equal(result.Report.After.Nanoseconds, report.Frontier.Single(point => point.IsDelivered).Nanoseconds, tolerance: 1);
    }

    [Fact]
    public void A_gain_too_small_by_itself_is_taken_when_the_budget_asks_for_it()
    {
        var model = RedundantNetworks.Build("Gemm");
        var options = new CompressionOptions { MaxDrop = 10, Steering = new SteeringOptions { SmallestGain = 0.99 } };

        Assert.Null(Compress(model, options).Result.Model);

        var budget = 0.9 * BeforeOf(model);
        var (result, report) = Compress(model, options with { BudgetNanoseconds = budget });

        Assert.Null(report.Missed);
        Assert.NotNull(result.Model);
        Assert.InRange(result.Report.After.Nanoseconds, 0, budget);
    }

    [Fact]
    public void A_model_that_cannot_change_is_refused_when_it_is_over_its_budget()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Input(-1, 3, 6, 6), 3, 5));

        Assert.Null(Compress(model, new CompressionOptions { BudgetNanoseconds = 2 * BeforeOf(model) }).Report.Missed);

        var (result, report) = Compress(model, new CompressionOptions { BudgetNanoseconds = 0.9 * BeforeOf(model) });

        Assert.Null(result.Model);
        Assert.Contains("No choice of widths reaches the budget", report.Missed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv")]
    [InlineData("Gemm")]
    [InlineData("LSTM")]
    public void Without_data_the_channels_go_whose_weights_are_small(string reader)
    {
        var model = RedundantNetworks.Faint(reader);
        var split = DataSplit.Of(CalibrationData.Drawn(model, "model.onnx", FreeDimensions.None, seed: 1), null, seed: 1);

        var (result, report) = Compressor.Compress(model, null, SyntheticDevice.Stepped(4, 4), split, new CompressionOptions { MaxDrop = 0.02 }, null, TestContext.Current.CancellationToken);

        Assert.NotNull(result.Model);
        Assert.True(report.Judged!.OnDrawn);
        Assert.Equal(DropMeasure.OutputError, report.Judged.Measure);
        var weights = model.Graph.Initializer[0].RawData.ToByteArray();
        Assert.Equal(RedundantNetworks.Distinct, result.Report.Widths.First(width => width.Before == RedundantNetworks.Width).After);
        Assert.Equal(weights[..(weights.Length / 2)], result.Model.Graph.Initializer.Single(tensor => tensor.Name == model.Graph.Initializer[0].Name).RawData.ToByteArray());
    }

    [Fact]
    public void Without_data_a_model_that_reads_other_than_real_numbers_is_refused()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Cast", [b.ScalarInput(Onnx.Format.TensorProto.Types.DataType.Int64)], ("to", 1L)));
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Add(new Onnx.Format.TensorShapeProto.Types.Dimension { DimValue = 4 });

        var exception = Assert.Throws<InputException>(() => CalibrationData.Drawn(model, "model.onnx", FreeDimensions.None, seed: 1));

        Assert.Equal((DiagnosticCode.CalibrationUnusable, "model.onnx"), (exception.Finding.Code, exception.Finding.File));
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

    private double BeforeOf(ModelProto model) => Compress(model, new CompressionOptions { MaxDrop = 10 }).Result.Report.Before.Nanoseconds;

    private CompressionResult Compress(ModelProto model, CompressionOptions options) =>
        Compressor.Compress(model, null, SyntheticDevice.Stepped(4, 4), Split(model), options, null, TestContext.Current.CancellationToken);

    private DataSplit Split(ModelProto model) => DataSplit.Of(RedundantNetworks.Samples(model, _folder.FullName, 400), null, seed: 1);
}

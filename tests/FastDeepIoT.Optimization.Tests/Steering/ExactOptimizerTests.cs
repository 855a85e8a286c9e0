using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Steering;

public sealed class ExactOptimizerTests
{
    [Fact]
    public void A_slow_width_grows_to_the_next_fast_one()
    {
        var (model, report) = Optimize(Separable(7));

        Assert.NotNull(model);
        Assert.Equal([8L], Changed(report).Select(width => width.After));
        Assert.Equal(7, Changed(report).Single().Before);
        Assert.True(report.Verification!.Passed);
        Assert.True(report.After.Nanoseconds < report.Before.Nanoseconds);
    }

    [Theory]
    [InlineData(3, 9)]
    [InlineData(5, 10)]
    public void The_device_model_alone_says_which_width_is_fast(int multiple, long expected)
    {
        var (_, report) = Optimize(Separable(7), SyntheticDevice.Stepped(multiple));

        Assert.Equal(expected, Changed(report).Single().After);
    }

    [Fact]
    public void Widths_that_are_only_fast_together_grow_together()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Conv(b.Conv(b.Input(1, 4, 8, 8), 4, 7), 7, 9), 9, 8);

        var (_, report) = Optimize(b.Output(x), SyntheticDevice.NeedsBoth(4));

        Assert.Equal([8L, 12L], Changed(report).Select(width => width.After));
    }

    [Fact]
    public void A_network_at_fast_widths_is_left_alone()
    {
        var (model, report) = Optimize(Separable(8));

        Assert.Null(model);
        Assert.NotNull(report.Unchanged);
        Assert.Equal(report.Before, report.After);
        Assert.All(report.Widths, width => Assert.NotNull(width.Kept));
    }

    [Fact]
    public void The_result_is_not_optimized_again()
    {
        var (model, _) = Optimize(Separable(7));

        Assert.Null(Optimize(model!).Model);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_and_is_not_changed()
    {
        var model = Separable(7);
        var before = model.ToByteArray();

        var first = Optimize(model).Model!.ToByteArray();

        Assert.Equal(first, Optimize(Separable(7)).Model!.ToByteArray());
        Assert.Equal(before, model.ToByteArray());
    }

    [Fact]
    public void The_result_says_what_was_done_to_it()
    {
        var (model, _) = Optimize(Separable(7));

        var entry = Assert.Single(model!.MetadataProps);
        Assert.Contains("synthetic", entry.Value, StringComparison.Ordinal);
        Assert.Contains("7->8", entry.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_predicted_time_is_that_of_the_rewritten_model()
    {
        var (model, report) = Optimize(Separable(7));

        var predicted = SyntheticDevice.Stepped().Predict(RuntimeGraph.Of(model!).Network).Time;

        Assert.Equal(predicted, report.After);
    }

    [Fact]
    public void Weights_do_not_grow_beyond_the_bound()
    {
        var options = new ExactOptions { Steering = new SteeringOptions { LargestGrowth = 1, FreeGrowthBytes = 8 } };

        Assert.Null(Optimize(Separable(7), options: options).Model);
    }

    [Fact]
    public void A_gain_below_the_threshold_is_not_taken()
    {
        var options = new ExactOptions { Steering = new SteeringOptions { SmallestGain = 0.99 } };

        Assert.Null(Optimize(Separable(7), options: options).Model);
    }

    [Fact]
    public void What_cannot_be_verified_is_undone_and_told()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Add", [Separable(b, 7), b.Node("RandomNormal", [], ("shape", new long[] { 1 }))]));

        var (rewritten, report) = Optimize(model);

        Assert.Null(rewritten);
        Assert.Equal(DiagnosticCode.VerificationFailed, Assert.Single(report.Findings).Code);
        Assert.False(report.Verification!.Passed);
    }

    [Fact]
    public void The_report_tells_what_stands_in_the_way()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Conv(b.Input(1, 3, 8, 8), 3, 7, kernel: 1), 7, 7, groups: 7);

        var (_, report) = Optimize(b.Output(b.Node("Softmax", [x], ("axis", 1L))));

        var width = report.Widths.Single(width => width.Before == 7);
        Assert.Contains("Softmax normalizes over it", width.Kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_are_reported_before_and_after()
    {
        var (_, report) = Optimize(Separable(7));

        var depthwise = report.Layers.Single(layer => layer.Kind == "DepthwiseConvolution2D");
        Assert.True(depthwise.AfterNanoseconds < depthwise.BeforeNanoseconds);
        Assert.Equal(report.Before.Nanoseconds, report.Layers.Sum(layer => layer.BeforeNanoseconds ?? 0), precision: 3);
        Assert.Equal(report.After.Nanoseconds, report.Layers.Sum(layer => layer.AfterNanoseconds ?? 0), precision: 3);
    }

    [Fact]
    public void A_network_on_an_unknown_device_is_left_alone()
    {
        var device = SyntheticDevice.Stepped() with { Kinds = new Dictionary<string, KindModel>() };

        var (model, report) = Optimize(Separable(7), device);

        Assert.Null(model);
        Assert.NotEmpty(report.Unmodelled);
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(9, 4)]
    [InlineData(11, 6)]
    [InlineData(13, 7)]
    [InlineData(17, 8)]
    [InlineData(21, 10)]
    [InlineData(23, 11)]
    public void Old_and_new_operator_sets_are_optimized(long opset, long irVersion)
    {
        var b = new ModelBuilder(opset, irVersion);
        var model = b.Output(Separable(b, 7));
        if (irVersion < 4) b.DeclareInitializers();

        var (rewritten, report) = Optimize(model);

        Assert.Equal(opset, rewritten!.OpsetImport.Single().Version);
        Assert.Equal(irVersion, rewritten.IrVersion);
        Assert.True(report.Verification!.Passed);
    }

    [Fact]
    public void Parts_of_a_rewrite_can_be_taken_back()
    {
        var b = new ModelBuilder();
        var x = b.Conv(Separable(b, 7), 4, 9, kernel: 1);
        var whole = Optimize(b.Output(b.Conv(b.Conv(x, 9, 9, groups: 9), 9, 4, kernel: 1)));
        var rewrite = whole.Rewrite!;
        Assert.Equal(2, rewrite.Parts.Count);

        var part = rewrite.With(new HashSet<int> { rewrite.Parts[1] }, "was slower", TestContext.Current.CancellationToken);

        Assert.Equal([(9L, 12L)], Changed(part.Report).Select(width => (width.Before, width.After)));
        Assert.Equal("was slower", part.Report.Widths[rewrite.Parts[0]].Kept);
        Assert.True(part.Report.Verification!.Passed);
        Assert.Null(rewrite.With(new HashSet<int>(), "was slower", TestContext.Current.CancellationToken).Model);
    }

    [Fact]
    public void Other_choices_are_those_of_the_device_models_blocks()
    {
        var result = Optimize(Separable(7), SyntheticDevice.Stepped(multiple: 4, block: 16));

        Assert.Equal([(7L, 8L)], Changed(result.Report).Select(width => (width.Before, width.After)));
        var other = Assert.Single(result.Alternatives);
        var carried = other.With(other.Parts.ToHashSet(), "", TestContext.Current.CancellationToken);
        Assert.Equal([(7L, 16L)], Changed(carried.Report).Select(width => (width.Before, width.After)));
        Assert.True(carried.Report.Verification!.Passed);
    }

    [Fact]
    public void Layers_in_branches_are_optimized_too()
    {
        ModelBuilder b = new(), then = new(prefix: "then_"), otherwise = new(prefix: "else_");
        var x = b.Input(1, 3, 8, 8);
        var condition = b.Node("Cast", [b.Node("ReduceMax", [x], ("keepdims", 0L))], ("to", 9L));
        string Branch(ModelBuilder branch, long width) => branch.Conv(branch.Conv(branch.Conv(x, 3, width, kernel: 1), width, width, groups: width), width, 4, kernel: 1);
        var model = b.Output(b.Node("If", [condition], ("then_branch", then.Subgraph(Branch(then, 7))), ("else_branch", otherwise.Subgraph(Branch(otherwise, 9)))));

        var (rewritten, report) = Optimize(model);

        Assert.NotNull(rewritten);
        Assert.Equal([(7L, 8L), (9L, 12L)], Changed(report).Select(width => (width.Before, width.After)));
    }

    private static IEnumerable<WidthOutcome> Changed(ExactReport report) => report.Widths.Where(width => width.After != width.Before);

    private static OptimizationResult Optimize(ModelProto model, DeviceModel? device = null, ExactOptions? options = null) => ExactOptimizer.Optimize(
        model, null, device ?? SyntheticDevice.Stepped(), options, cancellation: TestContext.Current.CancellationToken);

    private static ModelProto Separable(long width)
    {
        var b = new ModelBuilder();
        return b.Output(Separable(b, width));
    }

    private static string Separable(ModelBuilder b, long width) =>
        b.Conv(b.Conv(b.Conv(b.Input(1, 3, 8, 8), 3, width, kernel: 1), width, width, groups: width), width, 4, kernel: 1);
}

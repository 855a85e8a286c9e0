using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class PreparationTests : IDisposable
{
    private const int Wide = 24, Bottleneck = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");
    private readonly RuntimeProduct _product = new();

    public void Dispose()
    {
        _product.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true, 8)]
    [InlineData(false, 8)]
    [InlineData(true, 3)]
    public void A_normalization_after_a_convolution_is_folded_into_it(bool bias, long irVersion)
    {
        var b = new ModelBuilder(opset: irVersion < 4 ? 8 : 17, irVersion);
        var x = b.Node("Relu", [b.BatchNormalization(b.Conv(b.Input(-1, 3, 6, 6), 3, 8, bias: bias), 8)]);
        b.Output(b.BatchNormalization(b.Conv(x, 8, 5, bias: bias), 5));
        if (irVersion < 4) b.DeclareInitializers();

        var folded = FoldNormalizations.Apply(b.Model);

        Assert.DoesNotContain(folded.Graph.Node, node => node.OpType == "BatchNormalization");
        Assert.Equal(folded.Graph.UseCounts().Keys.Order(), folded.Graph.Node.SelectMany(node => node.Output).Concat(folded.Graph.Initializer.Select(tensor => tensor.Name)).Append("input0").Order());
        AssertEqual(b.Model, folded);
    }

    [Fact]
    public void A_normalization_that_does_not_read_alone_stays()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(-1, 3, 6, 6), 3, 8);
        b.Output(b.Node("Add", [b.BatchNormalization(x, 8), x]));

        Assert.Equal(b.Model, FoldNormalizations.Apply(b.Model));
    }

    [Fact]
    public void A_normalization_that_stays_is_made_plain_and_its_scale_and_shift_are_repaired()
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.Conv(b.Input(-1, 3, 6, 6), 3, 16)]);
        var sum = b.Conv(b.Node("Relu", [b.BatchNormalization(x, 16)]), 16, 16);
        b.Output(b.Conv(b.Node("Add", [x, sum]), 16, 5));

        var plain = PlainNormalizations.Apply(b.Model);

        AssertEqual(b.Model, plain);
        Assert.Contains(ReaderSites.Of(WidthGroups.Of(plain)), site => site is { Depthwise: true, Source.OpType: "BatchNormalization" });
        Assert.DoesNotContain(ReaderSites.Of(WidthGroups.Of(b.Model)), site => site.Depthwise);
    }

    [Fact]
    public void Convolutions_that_share_weights_are_folded_apart()
    {
        var b = new ModelBuilder();
        var first = b.Conv(b.Input(-1, 8, 6, 6), 8, 8);
        var second = b.Conv(b.Node("Relu", [b.BatchNormalization(first, 8)]), 8, 8);
        b.Model.Graph.Node.Single(node => node.Output.Contains(second)).Input[1] = b.Model.Graph.Node.Single(node => node.Output.Contains(first)).Input[1];

        AssertEqual(b.Output(b.BatchNormalization(second, 8)), FoldNormalizations.Apply(b.Model), channels: 8);
    }

    [Fact]
    public void Channels_of_a_bottleneck_become_principal_and_the_outputs_stay()
    {
        var model = Bottlenecks("Identity");
        var samples = Samples(model);

        var turned = PrincipalChannels.Apply(model, null, samples, _product, TestContext.Current.CancellationToken);

        Assert.NotEqual(model, turned);
        AssertEqual(model, turned);
        Assert.InRange(LossOfHalf(turned, samples), 0, 0.9 * LossOfHalf(model, samples));
    }

    [Fact]
    public void Channels_that_an_activation_treats_one_by_one_stay()
    {
        var model = Bottlenecks("Relu");

        Assert.Same(model, PrincipalChannels.Apply(model, null, Samples(model), _product, TestContext.Current.CancellationToken));
    }

    // Two residual blocks around a narrow sum.
    private static ModelProto Bottlenecks(string between)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Node("Relu", [b.Conv(b.Input(-1, 3, 6, 6), 3, Wide)]), Wide, Bottleneck, kernel: 1);
        for (var block = 0; block < 2; block++)
        {
            var inner = b.Conv(b.Node("Relu", [b.Conv(b.Node(between, [x]), Bottleneck, Wide, kernel: 1)]), Wide, Bottleneck, kernel: 1);
            x = b.Node("Add", [x, inner]);
        }

        return b.Output(b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [b.Node(between, [x])])]), Bottleneck, 5));
    }

    private double LossOfHalf(ModelProto model, CalibrationSamples samples)
    {
        var groups = WidthGroups.Of(model);
        var records = OriginalRecords.Of(model, groups, samples, _product, null, TestContext.Current.CancellationToken);
        return ChannelRanking.Of(groups.Open.Single(group => group.Size == Bottleneck), records)!.Losses[Bottleneck / 2];
    }

    private CalibrationSamples Samples(ModelProto model) => CalibrationSamples.All(RedundantNetworks.Samples(model, _folder.FullName));

    private void AssertEqual(ModelProto expected, ModelProto actual, int channels = 3)
    {
        var samples = CalibrationSamples.All(RedundantNetworks.Samples(expected, _folder.FullName, 40, channels));
        var token = TestContext.Current.CancellationToken;
        Assert.InRange(ModelOutputs.Of(actual, samples, token).SquareErrorFrom(ModelOutputs.Of(expected, samples, token)), 0, 1e-10);
    }
}

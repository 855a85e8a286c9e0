using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization.Tests.Steering;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class DepthTests : IDisposable
{
    private const int Width = 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_residual_branch_can_be_left_out_and_so_can_a_layer_that_changes_no_shape()
    {
        var (model, tensors) = Residual();

        var segments = Segment.Of(WidthGroups.Of(model));

        Assert.Contains(new Segment(tensors[0], tensors[2]), segments);
        Assert.Contains(new Segment(tensors[0], tensors[1]), segments);
        Assert.All(segments, segment => Assert.NotEqual(model.Graph.Output[0].Name, segment.End));
    }

    [Fact]
    public void What_is_left_out_is_gone_with_its_constants()
    {
        var (model, tensors) = Residual();

        var without = RemoveSegments.Apply(model, [new Segment(tensors[0], tensors[2])]);

        Assert.Equal(4, without.Nodes.Count);
        Assert.Equal(model.Graph.Node.Count - 4, without.Model.Graph.Node.Count);
        Assert.Equal(model.Graph.Initializer.Count - 4, without.Model.Graph.Initializer.Count);
        Assert.Equal([RemoveSegments.KeyOf(model.Graph.Node.Single(node => node.OpType == "GlobalAveragePool"))], without.Rewired);
        var samples = CalibrationSamples.All(RedundantNetworks.Samples(model, _folder.FullName, 40));
        Assert.Equal(40, ModelOutputs.Of(without.Model, samples, TestContext.Current.CancellationToken).Samples);
    }

    [Fact]
    public void A_stretch_that_starts_where_another_ends_starts_where_that_did()
    {
        var (model, tensors) = Residual();

        var without = RemoveSegments.Apply(model, [new Segment(tensors[0], tensors[1]), new Segment(tensors[1], tensors[2])]);

        Assert.Equal(tensors[0], without.Model.Graph.Node.Single(node => node.OpType == "GlobalAveragePool").Input[0]);
    }

    [Fact]
    public void A_branch_that_adds_nothing_is_left_out()
    {
        var (model, _) = Residual(scale: 1e-3f);
        var split = DataSplit.Of(RedundantNetworks.Samples(model, _folder.FullName, 400), null, seed: 1);

        var (result, report) = Compressor.Compress(model, null, SyntheticDevice.Stepped(4, 4), split, new CompressionOptions { MaxDrop = 0.01 }, null, TestContext.Current.CancellationToken);

        Assert.NotNull(result.Model);
        Assert.DoesNotContain(result.Model.Graph.Node, node => node.OpType == "Add");
        Assert.Contains(report.Frontier, point => point is { IsDelivered: true, Removed.Count: > 0 });
        Assert.Contains("left out", result.Model.MetadataProps.Single(entry => entry.Key == "fastdeepiot.compress").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_choices_that_are_worse_in_both_none_is_kept()
    {
        var tradeOff = new TradeOff<int>();
        var random = new Random(3);
        var all = Enumerable.Range(0, 300).Select(index => (Divergence: random.Next(40), Time: random.Next(40), index)).ToList();
        foreach (var (divergence, time, index) in all) tradeOff.Offer(divergence, time, () => index);

        var best = all.Where(one => !all.Any(other => other.Divergence <= one.Divergence && other.Time <= one.Time && (other.Divergence, other.Time) != (one.Divergence, one.Time)))
            .Select(one => ((double)one.Divergence, (double)one.Time)).Distinct().Order();
        Assert.Equal(best, tradeOff.Choices.Select(choice => (choice.Divergence, choice.Time)));
    }

    [Fact]
    public void What_parts_really_do_is_learned_from_plans_that_were_run()
    {
        var random = new Random(9);
        double[] real = [0.4, 1.5, 0.8];
        var tried = Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextDouble() * 0.05).ToArray())
            .Select(parts => (parts, parts.Zip(real, (part, scale) => part * scale).Sum())).ToList();

        var learned = LearnedScales.Fit(3, tried);

        // Few plans leave some of the pull towards a common factor.
        Assert.All(learned.Zip(real), pair => Assert.InRange(pair.First / pair.Second, 0.6, 1.6));
        Assert.All(tried, plan => Assert.InRange(plan.parts.Zip(learned, (part, scale) => part * scale).Sum() / plan.Item2, 0.8, 1.25));
        Assert.Equal([1, 1, 1], LearnedScales.Fit(3, []));
    }

    // The tensors: where a block starts, after its first convolution, and its sum.
    private static (ModelProto Model, string[] Tensors) Residual(float scale = 1)
    {
        var b = new ModelBuilder();
        var start = b.Node("Relu", [b.Conv(b.Input(-1, 3, 6, 6), 3, Width)]);
        var inner = b.Node("Relu", [b.Conv(start, Width, Width)]);
        var branch = b.Conv(inner, Width, Width);
        var sum = b.Node("Add", [branch, start]);
        b.Output(b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [sum])]), Width, 5));
        foreach (var name in b.Model.Graph.Node.Single(node => node.Output.Contains(branch)).Input.Skip(1))
        {
            var tensor = b.Model.Graph.Initializer.Single(tensor => tensor.Name == name);
            tensor.RawData = ByteString.CopyFrom(SiteWeights.Values(tensor).SelectMany(value => BitConverter.GetBytes(value * scale)).ToArray());
        }

        return (b.Model, [start, inner, sum]);
    }
}

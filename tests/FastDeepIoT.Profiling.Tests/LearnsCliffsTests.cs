using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class LearnsCliffsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    public void Finds_the_multiple_that_makes_depthwise_convolutions_fast(int alignment)
    {
        var device = new SyntheticDevice(alignment, block: 1);
        var tree = Grow(device.Measure(1200, _ => device.RandomConvolution(depthwise: true), device.Depthwise));

        var condition = Assert.IsType<Condition>(tree.Condition);
        Assert.True(condition.IsMultiple);
        Assert.Equal(alignment, condition.Value);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(48)]
    public void Finds_the_block_dense_convolutions_work_in(int block)
    {
        var device = new SyntheticDevice(alignment: 1, block);
        var tree = Grow(device.Measure(500, _ => device.RandomConvolution(depthwise: false), device.Dense));

        var roundings = tree.Leaves().SelectMany(leaf => leaf.Leaf.Terms).SelectMany(term => term.Roundings);
        Assert.Contains(roundings, rounding => rounding.Feature == "outputChannels" && rounding.Block == block);
    }

    [Fact]
    public void Predicts_layers_it_has_not_seen_within_a_few_percent()
    {
        var device = new SyntheticDevice(alignment: 4, block: 16);
        var tree = Grow(device.Measure(600, _ => device.RandomConvolution(depthwise: false), device.Dense));

        var errors = Enumerable.Range(0, 200).Select(_ => device.RandomConvolution(depthwise: false))
            .Select(layer => Math.Abs(tree.Find([.. layer.Values]).Predict([.. layer.Values]).Nanoseconds / device.Dense(layer) - 1)).Order().ToList();
        Assert.True(errors[180] < 0.05, $"the ninth decile of the error is {errors[180]:P1}");
    }

    [Fact]
    public void Claims_no_cliff_where_there_is_none()
    {
        var device = new SyntheticDevice(alignment: 1, block: 1, noise: 0.05);
        var tree = Grow(device.Measure(400, _ => device.RandomConvolution(depthwise: true), device.Depthwise));

        Assert.DoesNotContain(tree.Leaves().SelectMany(leaf => leaf.Path), question => question.Condition.IsMultiple);
    }

    [Fact]
    public void The_same_samples_give_the_same_tree()
    {
        List<TimedLayer> Samples()
        {
            var device = new SyntheticDevice(alignment: 4, block: 16);
            return device.Measure(300, network => device.RandomConvolution(depthwise: network % 2 == 0), device.Dense);
        }

        var (first, second) = (Grow(Samples()), Grow(Samples()));
        Assert.Equal(Describe(first), Describe(second));
    }

    private static Tree<Regression> Grow(List<TimedLayer> layers) =>
        new TimeTreeGrower(new SampleTable(LayerFamily.Convolution, layers)).Grow().Select(leaf => leaf.Regression);

    private static string Describe(Tree<Regression> tree) => string.Join('\n', tree.Leaves().Select(leaf =>
        string.Join(" & ", leaf.Path) + ": " + string.Join(" + ", leaf.Leaf.Terms.Select(term => $"{term.NanosecondsPerUnit:R} {term.Quantity?.Name}"))));
}

using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class CliffFinderTests
{
    private static readonly CliffOptions _options = new();

    [Theory]
    [InlineData(63, 64, 60)]
    [InlineData(61, 64, 60)]
    [InlineData(33, 36, 32)]
    [InlineData(5, 8, 4)]
    [InlineData(3, 4, null)]
    public void Depthwise_cliff_lies_between_multiples_that_the_model_knows(long width, long wider, int? narrower)
    {
        var cliff = Assert.IsType<Cliff>(Find(SyntheticDevice.Stepped, width));

        Assert.Equal(wider, cliff.Wider?.Width);
        Assert.Equal(narrower, cliff.Narrower?.Width);
        Assert.Equal(5.0 * width / wider, cliff.Wider!.Median.Expected, 1e-9);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(60)]
    [InlineData(4)]
    public void Multiple_is_no_cliff(long width) => Assert.Null(Find(SyntheticDevice.Stepped, width));

    [Fact]
    public void Unit_limits_the_neighbours()
    {
        var cliff = Find(SyntheticDevice.Stepped, 63, unit: 3);

        Assert.Equal(72, cliff?.Wider?.Width);
        Assert.Equal(60, cliff?.Narrower?.Width);
    }

    [Theory]
    [InlineData("outputChannels", 50)]
    [InlineData("macs", 170_000)]
    public void End_of_a_range_is_no_cliff(string descriptor, double bound)
    {
        var condition = new Condition(descriptor, LayerFamily.Convolution.IndexOf(descriptor), IsMultiple: false, bound);
        var device = Depthwise(new Tree<Regression>(condition, Leaf(2), Leaf(1)));

        Assert.All(Enumerable.Range(40, 20), width => Assert.Null(Find(device, width)));
    }

    [Fact]
    public void Multiple_next_to_the_end_of_a_range_is_found()
    {
        var condition = new Condition("outputChannels", LayerFamily.Convolution.IndexOf("outputChannels"), IsMultiple: false, 61);
        var multiples = SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow: 5, ["outputChannels"]);
        var device = Depthwise(new Tree<Regression>(condition, multiples, multiples));

        Assert.Equal(64, Find(device, 62)?.Wider?.Width);
        Assert.Equal(60, Find(device, 58)?.Wider?.Width);
    }

    [Fact]
    public void Uncertain_difference_is_no_cliff()
    {
        var condition = new Condition("outputChannels", LayerFamily.Convolution.IndexOf("outputChannels"), IsMultiple: true, 8);
        Tree<Regression> Uncertain(double time) => new(SyntheticDevice.Leaf(LayerFamily.Convolution, time) with { LowRatio = 0.7, HighRatio = 1.4 });

        Assert.Null(Find(Depthwise(new Tree<Regression>(condition, Uncertain(1), Uncertain(1.3))), 63));
        Assert.NotNull(Find(Depthwise(new Tree<Regression>(condition, Uncertain(1), Uncertain(3))), 63));
    }

    [Fact]
    public void Nothing_is_claimed_beyond_what_was_seen()
    {
        var seen = SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow: 5, ["outputChannels"]);
        var unseen = new Tree<Regression>(seen.Condition!,
            new Tree<Regression>(SyntheticDevice.Leaf(LayerFamily.Convolution, 1, most: 20)), seen.No!);

        Assert.Null(Find(Depthwise(unseen), 63));
    }

    [Fact]
    public void Nothing_is_claimed_of_kinds_that_are_not_covered() =>
        Assert.Null(new CliffFinder(SyntheticDevice.Device("empty", [])).Find(63, [Layers(20)], _options));

    [Fact]
    public void Claim_has_to_hold_in_every_situation()
    {
        var condition = new Condition("inputPositions", LayerFamily.Convolution.IndexOf("inputPositions"), IsMultiple: false, 100);
        var device = Depthwise(new Tree<Regression>(
            condition, Leaf(1), SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow: 5, ["outputChannels"])));
        var finder = new CliffFinder(device);

        Assert.NotNull(finder.Find(63, [Layers(20)], _options));
        Assert.Null(finder.Find(63, [Layers(20), Layers(10)], _options));
    }

    [Fact]
    public void Threshold_decides()
    {
        var device = Depthwise(SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow: 1.3, ["outputChannels"]));

        Assert.NotNull(new CliffFinder(device).Find(63, [Layers(20)], _options with { Threshold = 0.25 }));
        Assert.Null(new CliffFinder(device).Find(63, [Layers(20)], _options with { Threshold = 0.3 }));
    }

    [Fact]
    public void Ratio_of_uncertain_times_is_more_uncertain_than_either()
    {
        var ratio = TimeRatio.Of(new Prediction(200, 180, 220), new Prediction(100, 90, 110));

        Assert.Equal(2, ratio.Expected, 1e-12);
        Assert.InRange(ratio.Low, 1.0, 1.8);
        Assert.InRange(ratio.High, 2.2, 3.0);
    }

    [Fact]
    public void Neighbours_share_most_of_their_error()
    {
        var (slow, fast) = (new Prediction(110, 99, 121), new Prediction(100, 90, 110));

        var (apart, near) = (TimeRatio.Of(slow, fast), TimeRatio.OfNeighbours(slow, fast, ownError: 0.5));

        Assert.Equal(apart.Expected, near.Expected);
        Assert.InRange(near.Uncertainty, 0.4 * apart.Uncertainty, 0.6 * apart.Uncertainty);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10)]
    public void What_one_takes_beyond_the_other_has_an_error_of_its_own(double nanoseconds)
    {
        var (one, other) = (new Prediction(nanoseconds, 0.9 * nanoseconds, 1.1 * nanoseconds), new Prediction(100, 90, 110));

        var (apart, near) = (TimeRatio.Of(one, other), TimeRatio.OfNeighbours(one, other, ownError: 0.5));

        Assert.InRange(near.Uncertainty, 0.9 * apart.Uncertainty, apart.Uncertainty);
    }

    [Fact]
    public void Claim_that_may_be_wrong_at_one_size_is_not_made()
    {
        var condition = new Condition("inputPositions", LayerFamily.Convolution.IndexOf("inputPositions"), IsMultiple: false, 200);
        DeviceModel SmallImages(double slow) => Depthwise(new Tree<Regression>(
            condition, Multiples(slow), Multiples(5)));

        Assert.NotNull(Find(SmallImages(slow: 1.4), 63));
        Assert.Null(Find(SmallImages(slow: 1.04), 63));
    }

    // Beyond 9 × 9 positions everything runs in the plain layout; below, what is no multiple of 4 does, and takes five times as long.
    [Theory]
    [InlineData(true, 5, 6, 7, 8, 40)]
    [InlineData(false, 5, 6, 7, 40)]
    [InlineData(true, 5, 6, 7, 8)]
    [InlineData(false, 40)]
    public void Another_layout_at_the_edge_of_what_was_seen_does_not_count(bool isCliff, params int[] sizes)
    {
        Condition Is(string descriptor, bool isMultiple, double value) => new(descriptor, LayerFamily.Convolution.IndexOf(descriptor), isMultiple, value);
        var plain = new Tree<Placement>(Placement.Plain);
        var kind = SyntheticDevice.Kind("DepthwiseConvolution2D", LayerFamily.Convolution, Leaf(5)) with
        {
            Internal = Leaf(1),
            Placement = new Tree<Placement>(
                Is("outputChannels", isMultiple: true, 4),
                new Tree<Placement>(Is("inputPositions", isMultiple: false, 81), new Tree<Placement>(Placement.Internal), plain), plain),
        };
        var finder = new CliffFinder(SyntheticDevice.Device("large images", [kind]));

        Assert.Equal(isCliff, finder.Find(63, [.. sizes.Select(size => Layers(size))], _options) is not null);
    }

    private static Cliff? Find(DeviceModel device, long width, long unit = 1) =>
        new CliffFinder(device).Find(width, [Layers(20), Layers(10), Layers(40)], _options, unit);

    private static DeviceModel Depthwise(Tree<Regression> tree) =>
        SyntheticDevice.Device("depthwise", [SyntheticDevice.Kind("DepthwiseConvolution2D", LayerFamily.Convolution, tree)]);

    private static Tree<Regression> Leaf(double time) => new(SyntheticDevice.Leaf(LayerFamily.Convolution, time));

    private static Tree<Regression> Multiples(double slow) => SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow, ["outputChannels"]);

    private static LayersOfWidth Layers(long size) => width =>
    [
        TimeModel.Layers.Convolution(new ConvolutionShape
        {
            InputChannels = width, OutputChannels = width, Groups = width, InputSize = [size, size], OutputSize = [size, size], Kernel = [3, 3],
        }),
    ];
}

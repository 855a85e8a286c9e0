using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

public sealed class ConditionTextTests
{
    [Fact]
    public void Ranges_of_one_feature_are_joined() => Assert.Equal(
        "output channels are more than 16 and at most 48 and not a multiple of 8, and a tensor is added to the result",
        ConditionText.Of([(Range("outputChannels", 64), true), (Range("added", 0), false), (Range("outputChannels", 16), false),
            (Range("outputChannels", 48), true), (new Condition("outputChannels", 3, true, 8), false)]));

    [Fact]
    public void What_is_charged_only_beyond_a_range_is_said_apart()
    {
        var family = LayerFamily.Matrix;
        var cold = new Condition("networkBytes", family.IndexOf("networkBytes"), IsMultiple: false, 1048576);
        var leaf = new Regression
        {
            Terms = [new Term(null, [], 900), new Term(null, [], 200, cold), new Term(family.FindQuantity("rightBytes"), [], 0.05, cold),
                new Term(family.FindQuantity("macs"), [new Rounding("columns", 3, 16), new Rounding("rows", 1, 4)], 0.02)],
            Samples = 1,
            LowRatio = 1,
            HighRatio = 1,
            Minimum = [],
            Maximum = [],
        };

        Assert.Equal("0.02 ns per multiply-accumulate, in steps of 16 columns of the right matrix and 4 rows of the left matrix, plus 900 ns per call; "
            + "for the share of bytes of weights and tensors in the whole network beyond 1048576, also 0.05 ns per byte of the right matrix, plus 200 ns per call",
            RegressionText.Of(leaf));
    }

    [Fact]
    public void What_is_charged_only_to_some_layers_or_to_what_is_left_over_is_said_so()
    {
        var family = LayerFamily.Convolution;
        var strided = new Where(new Condition("stride", family.IndexOf("stride"), IsMultiple: false, 1), Answer: false);
        var leaf = new Regression
        {
            Terms = [new Term(null, [], 900), new Term(family.FindQuantity("macs"), [new Rounding("outputChannels", 3, 16, LeftOver: true)], 0.02),
                new Term(family.FindQuantity("inputBytes"), [], 0.1, Where: strided)],
            Samples = 1,
            LowRatio = 1,
            HighRatio = 1,
            Minimum = [],
            Maximum = [],
        };

        Assert.Equal("0.02 ns per multiply-accumulate, counting only output channels left over after blocks of 16, plus 900 ns per call; "
            + "where product of the strides is more than 1, also 0.1 ns per byte read", RegressionText.Of(leaf));
    }

    [Fact]
    public void Features_that_are_one_thing_take_a_singular() =>
        Assert.Equal("inner length is at most 64", ConditionText.Of([(Range("inner", 64), true)]));

    [Fact]
    public void Every_feature_has_words_for_people()
    {
        foreach (var feature in LayerFamily.All.SelectMany(family => PlacementContext.FeaturesOf(family)))
            Assert.DoesNotMatch("[A-Z]", Words.Feature(feature));
    }

    [Theory]
    [InlineData("DepthwiseConvolution2D", "Depthwise convolution, 2-D")]
    [InlineData("MatrixProduct", "Matrix product")]
    [InlineData("LSTM", "LSTM")]
    [InlineData("MaxPool", "Max pool")]
    [InlineData("Add[Int64]", "Add[int64]")]
    public void Kinds_have_words_for_people(string kind, string words) => Assert.Equal(words, Words.Kind(kind));

    private static Condition Range(string feature, double value) => new(feature, 0, false, value);
}

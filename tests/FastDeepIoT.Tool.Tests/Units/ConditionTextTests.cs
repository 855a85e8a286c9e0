using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

public sealed class ConditionTextTests
{
    [Fact]
    public void Ranges_of_one_feature_are_joined() => Assert.Equal(
        "output channels are more than 16 and at most 48 and not a multiple of 8, and the input is padded",
        ConditionText.Of([(Range("outputChannels", 64), true), (Range("padded", 0), false), (Range("outputChannels", 16), false),
            (Range("outputChannels", 48), true), (new Condition("outputChannels", 3, true, 8), false)]));

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

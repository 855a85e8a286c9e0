namespace FastDeepIoT.TimeModel.Tests;

public sealed class RegressionTests
{
    private static readonly LayerFamily Family = LayerFamily.Matrix;

    [Fact]
    public void Time_is_the_sum_of_the_terms_with_its_interval()
    {
        var time = Example.Leaf(Family, 1000, "macs", 0.5).Predict([1, 2, 3, 4, 0, 0, 0, 0, 0]);

        Assert.Equal(1000 + 0.5 * 24, time.Nanoseconds, 1e-9);
        Assert.Equal(time.Nanoseconds * 0.9, time.LowNanoseconds, 1e-9);
        Assert.Equal(time.Nanoseconds * 1.2, time.HighNanoseconds, 1e-9);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(0, 0)]
    public void A_rounded_feature_makes_a_staircase(double columns, double charged)
    {
        var rounding = new Rounding("columns", Family.IndexOf("columns"), 16);
        var leaf = Example.Leaf(Family, 0, "macs", 1, rounding);

        Assert.Equal(charged, rounding.Apply(columns));
        Assert.Equal(charged * 6, leaf.Predict([1, 2, 3, columns, 0, 0, 0, 0, 0]).Nanoseconds, 1e-9);
    }

    [Fact]
    public void Two_roundings_both_count()
    {
        var leaf = Example.Leaf(Family, 0, "macs", 1, new Rounding("columns", 3, 16), new Rounding("rows", 1, 4));

        Assert.Equal(16 * 4 * 3, leaf.Predict([1, 1, 3, 5, 0, 0, 0, 0, 0]).Nanoseconds, 1e-9);
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(16, 0)]
    [InlineData(17, 1)]
    public void What_is_left_over_after_whole_blocks_is_counted_alone(double columns, double charged)
    {
        var rounding = new Rounding("columns", Family.IndexOf("columns"), 16, LeftOver: true);
        var leaf = Example.Leaf(Family, 0, "macs", 1, rounding);

        Assert.Equal(charged * 6, leaf.Predict([1, 2, 3, columns, 0, 0, 0, 0, 0]).Nanoseconds, 1e-9);
    }

    [Theory]
    [InlineData(true, 4, 24)]
    [InlineData(true, 5, 0)]
    [InlineData(false, 4, 0)]
    [InlineData(false, 5, 30)]
    public void A_term_is_charged_only_where_a_question_is_answered_so(bool answer, double columns, double charged)
    {
        var narrow = new Where(new Condition("columns", Family.IndexOf("columns"), IsMultiple: false, 4), answer);
        var leaf = Example.Leaf(Family, 0, "macs", 1) with { Terms = [new Term(Family.FindQuantity("macs"), [], 1, Where: narrow)] };

        Assert.Equal(charged, leaf.Predict([1, 2, 3, columns, 0, 0, 0, 0, 0]).Nanoseconds, 1e-9);
    }

    [Theory]
    [InlineData(2e6, 1012)]
    [InlineData(4e6, 1037)]
    public void A_term_is_charged_for_the_share_beyond_its_range(double networkBytes, double nanoseconds) =>
        Assert.Equal(nanoseconds, Example.Leaf(Family, 1000, "macs", 0.5).Predict([1, 2, 3, 4, 0, 0, 0, 0, networkBytes]).Nanoseconds, 1e-9);

    [Theory]
    [InlineData(50, false)]
    [InlineData(100000, true)]
    public void What_lies_outside_the_samples_extrapolates(long rows, bool extrapolates) => Assert.Equal(
        extrapolates, Example.Leaf(Family, 0, "macs", 1).Extrapolates([.. TimeModel.Layers.MatrixProduct(1, rows, 1, 1).Values]));
}

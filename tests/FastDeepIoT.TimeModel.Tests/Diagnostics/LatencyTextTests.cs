namespace FastDeepIoT.TimeModel.Tests;

public sealed class LatencyTextTests
{
    private static readonly Prediction Time = new(5.436e6, 5.1e6, 5.8e6);

    private static readonly LayerCost[] Layers =
    [
        new("conv1", "Convolution2D", 2.1e6, 0.3863, "64 output channels instead of 63 would save 500 us"),
        new("conv2", "Convolution2D", 1e6, 0.184, null),
        new("fc", "MatrixProduct", 0.5e6, 0.092, null),
        new("add", "Add", 0.1e6, 0.018, null),
    ];

    private static readonly LatencyFacts Facts = new("net.onnx", "xeon", Time)
    {
        Layers = Layers,
        Fixes =
        [
            new("fc", "96 columns instead of 65 would save 600 us", 0.6e6, 0.477),
            new("conv1", "64 output channels instead of 63 would save 500 us", 0.5e6, 0.016),
        ],
        Padding = "padding does so without changing results",
    };

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.08, "0.0800 ns")]
    [InlineData(42, "42.0 ns")]
    [InlineData(999.9, "1.00 us")]
    [InlineData(12345, "12.3 us")]
    [InlineData(99960, "100 us")]
    [InlineData(3.456e6, "3.46 ms")]
    [InlineData(7.5e10, "75.0 s")]
    [InlineData(-12345, "-12.3 us")]
    public void Times_have_three_significant_digits(double nanoseconds, string text) => Assert.Equal(text, LatencyText.Of(nanoseconds));

    [Fact]
    public void A_missed_budget_names_time_budget_layers_and_the_smallest_change_that_is_enough() => Assert.Equal(
        "'net.onnx' is predicted to take 5.44 ms (80% interval 5.10 ms to 5.80 ms) on 'xeon', 8.7% over its budget of 5.00 ms. "
        + "Costliest layers: 'conv1' (Convolution2D, 2.10 ms, 39%); 'conv2' (Convolution2D, 1.00 ms, 18%); 'fc' (MatrixProduct, 500 us, 9%). "
        + "Cheapest fix: in 'conv1', 64 output channels instead of 63 would save 500 us, which is enough. Padding does so without changing results.",
        LatencyText.OverBudget(Facts, new LatencyLimit(5e6)));

    [Fact]
    public void Changes_that_are_enough_only_together_are_counted_up() => Assert.EndsWith(
        "Cheapest fix: in 'fc', 96 columns instead of 65 would save 600 us; with 'conv1' it is 1.10 ms, which is enough. Padding does so without changing results.",
        LatencyText.OverBudget(Facts, new LatencyLimit(4.4e6)));

    [Fact]
    public void What_changes_of_widths_cannot_do_is_said() => Assert.EndsWith(
        "with 'conv1' it is 1.10 ms, of 3.44 ms needed: the rest takes narrower layers, a smaller input or fewer layers.",
        LatencyText.OverBudget(Facts with { Padding = null }, new LatencyLimit(2e6)));

    [Theory]
    [InlineData(5e6, "8.7% over its budget of 5.00 ms")]
    [InlineData(2e6, "171.8% over its budget of 2.00 ms")]
    [InlineData(1e6, "5.4 times its budget of 1.00 ms")]
    [InlineData(1e5, "54 times its budget of 100 us")]
    [InlineData(1e3, "5436 times its budget of 1.00 us")]
    public void What_is_far_over_a_budget_is_so_many_times_it(double budget, string text) =>
        Assert.Contains(text + ". ", LatencyText.OverBudget(Facts, new LatencyLimit(budget)));

    [Fact]
    public void What_is_far_more_than_a_baseline_is_so_many_times_it() =>
        Assert.Contains(" on 'xeon', 54 times the 100 us of the baseline; 5% is allowed.", LatencyText.Regression(Facts, 1e5, 0.05));

    [Fact]
    public void A_budget_on_the_upper_end_is_judged_by_it()
    {
        var limit = new LatencyLimit(5.5e6, BudgetBasis.UpperBound);

        Assert.Equal(0.3e6, limit.Excess(Time), 1e-3);
        Assert.True(new LatencyLimit(5.5e6).Excess(Time) < 0);
        Assert.Contains("on 'xeon', the upper end of which is 5.5% over its budget of 5.50 ms. ", LatencyText.OverBudget(Facts, limit));
    }

    [Fact]
    public void All_models_together_name_the_costliest_and_what_helps_in_which()
    {
        var small = new LatencyFacts("small.onnx", "xeon", new Prediction(1e6, 0.9e6, 1.2e6));

        Assert.Equal(
            "2 models are predicted to take 6.44 ms (80% interval 6.00 ms to 7.00 ms) in total on 'xeon', 7.3% over their budget of 6.00 ms. "
            + "Costliest models: 'net.onnx' (5.44 ms, 84%); 'small.onnx' (1.00 ms, 16%). Cheapest fix: in 'net.onnx: conv1', 64 output channels instead of "
            + "63 would save 500 us, which is enough. Padding does so without changing results.",
            LatencyText.OverTotal([small, Facts], new LatencyLimit(6e6)));
    }

    [Fact]
    public void A_regression_names_both_times_and_what_is_allowed() => Assert.StartsWith(
        "'net.onnx' is predicted to take 5.44 ms (80% interval 5.10 ms to 5.80 ms) on 'xeon', 8.7% more than the 5.00 ms of the baseline; 5% is allowed.",
        LatencyText.Regression(Facts, 5e6, 0.05));

    [Fact]
    public void Without_a_cliff_only_less_work_helps() => Assert.EndsWith(
        "No width lies on a cliff: it takes narrower layers, a smaller input or fewer layers.",
        LatencyText.OverBudget(Facts with { Fixes = [] }, new LatencyLimit(5e6)));

    [Fact]
    public void A_model_of_unknown_operators_only_says_so() =>
        Assert.Equal("None of its layers is covered by the device model.", LatencyText.Costliest([]));
}

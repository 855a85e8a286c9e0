namespace FastDeepIoT.TimeModel.Tests;

public sealed class LatencyTextTests
{
    private static readonly Prediction Time = new(5.436e6, 5.1e6, 5.8e6);

    private static readonly LayerCost[] Layers =
    [
        new("conv1", "Convolution2D", 2.1e6, 0.3863, "64 output channels instead of 63 would save 800 us"),
        new("conv2", "Convolution2D", 1e6, 0.184, null),
        new("fc", "MatrixProduct", 0.5e6, 0.092, null),
        new("add", "Add", 0.1e6, 0.018, null),
    ];

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
    public void A_missed_budget_names_time_budget_layers_and_what_helps() => Assert.Equal(
        "'net.onnx' is predicted to take 5.44 ms (80% interval 5.10 ms to 5.80 ms) on 'xeon', 35.9% over its budget of 4.00 ms. "
        + "Costliest layers: 'conv1' (Convolution2D, 2.10 ms, 39%): 64 output channels instead of 63 would save 800 us; "
        + "'conv2' (Convolution2D, 1.00 ms, 18%); 'fc' (MatrixProduct, 500 us, 9%). "
        + "Widths are moved off cliffs without changing results by 'fastdeepiot optimize', or Mode=\"Exact\" in a build.",
        LatencyText.OverBudget("net.onnx", "xeon", Time, 4e6, Layers));

    [Fact]
    public void A_regression_names_both_times_and_what_is_allowed() => Assert.StartsWith(
        "'net.onnx' is predicted to take 5.44 ms (80% interval 5.10 ms to 5.80 ms) on 'xeon', 8.7% more than the 5.00 ms of the baseline; 5% is allowed.",
        LatencyText.Regression("net.onnx", "xeon", Time, 5e6, 0.05, Layers));

    [Fact]
    public void Without_a_cliff_only_less_work_helps() =>
        Assert.Contains("None of these lies on a cliff", LatencyText.Costliest(Layers.Skip(1)));

    [Fact]
    public void A_model_of_unknown_operators_only_says_so() =>
        Assert.Equal("None of its layers is covered by the device model.", LatencyText.Costliest([]));
}

using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class TermSearchTests
{
    private const int Samples = 600;

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(20)]
    public void Finds_that_what_is_left_over_after_whole_blocks_costs_more(int block)
    {
        var found = Learn(layer => 2000 + (0.03 * layer.Macs) + (0.3 * layer.Macs / layer["outputChannels"] * (layer["outputChannels"] % block)));

        var leftOver = found.SelectMany(term => term.Roundings.Where(rounding => rounding.LeftOver), (term, rounding) => (term.NanosecondsPerUnit, rounding)).ToList();
        Assert.Contains(leftOver, pair => pair.rounding.Feature is "outputChannels" or "groupOutputs" && pair.rounding.Block == block);
    }

    [Fact]
    public void Finds_that_some_layers_pay_for_what_others_do_not()
    {
        var found = Learn(layer => 2000 + (0.05 * layer.Macs) + (layer["kernel"] > 1 ? 1.5 * layer["outputPositions"] * layer["inputChannels"] : 0));

        Assert.Contains(found, term => term.Where is { Condition.Feature: "kernel" } or { Condition.Feature: "kernelWidth" });
    }

    [Fact]
    public void Judges_itself_by_samples_it_has_not_seen()
    {
        // Times that follow from nothing: a learner that saw them would know them, one that did not cannot.
        var random = new Random(5);
        var (table, samples) = Measure(_ => Math.Exp(10 + (3 * random.NextDouble())));

        var learned = RegressionLearner.Learn(table, samples);

        var errors = learned.HeldOut.Select(pair => Math.Abs(pair.Value / table.Nanoseconds[pair.Key] - 1)).Order().ToList();
        Assert.True(errors[errors.Count / 2] > 0.3, $"median error {errors[errors.Count / 2]:P1}");
        Assert.Equal(samples.Length, learned.HeldOut.Count);
    }

    private static IReadOnlyList<Term> Learn(Func<Layer, double> time)
    {
        var (table, samples) = Measure(time);
        return RegressionLearner.Learn(table, samples).Terms;
    }

    private static (SampleTable Table, int[] Samples) Measure(Func<Layer, double> time)
    {
        var device = new SyntheticDevice(alignment: 1, block: 1, noise: 0.01);
        var table = new SampleTable(LayerFamily.Convolution, device.Measure(Samples, _ => device.RandomConvolution(depthwise: false), time));
        return (table, table.All);
    }
}

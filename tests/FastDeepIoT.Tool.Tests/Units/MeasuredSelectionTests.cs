using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;

namespace FastDeepIoT.Tool.Tests;

/// <summary>A stopwatch whose times are known: what widths save or cost is what the test says.</summary>
public sealed class MeasuredSelectionTests
{
    // What the widths of the device are multiples of where it is fast.
    private const int Block = 8;

    [Fact]
    public void A_rewrite_that_pays_is_kept_whole()
    {
        var (kept, before, after) = Select([7, 15], saves: [20, 30]);

        Assert.Equal([0, 1], kept);
        Assert.Equal((100, 50), (before, after));
    }

    [Fact]
    public void A_part_that_costs_time_is_taken_back()
    {
        var (kept, before, after) = Select([7, 15, 23], saves: [20, -5, 30]);

        Assert.Equal([0, 2], kept);
        Assert.Equal((100, 50), (before, after));
    }

    [Fact]
    public void Parts_that_cost_time_are_found_among_many()
    {
        double[] saves = [4, 4, -6, 4, 4, 4, 4, 4, 4, 4, -6, 4, 4, 4, 4, 4];
        var (kept, _, _) = Select([.. Enumerable.Repeat(7, saves.Length)], saves);

        Assert.Equal(Enumerable.Range(0, saves.Length).Where(part => saves[part] > 0), kept);
    }

    [Fact]
    public void A_gain_that_noise_could_be_is_none()
    {
        var (kept, _, _) = Select([7, 15], saves: [0.2, 0.3]);

        Assert.Empty(kept);
    }

    [Fact]
    public void Where_everything_costs_time_the_original_is_kept()
    {
        var (kept, _, _) = Select([7, 15], saves: [-10, -20]);

        Assert.Empty(kept);
    }

    [Fact]
    public void A_choice_that_is_faster_than_the_predicted_one_is_taken()
    {
        var (widths, before, after) = Choose([7, 15], widths => widths switch { [7, 15] => 100, [16, 16] => 60, _ => 80 });

        Assert.Equal([16, 16], widths);
        Assert.Equal((100, 60), (before, after));
    }

    [Fact]
    public void A_choice_that_is_faster_is_taken_even_where_none_is_predicted_to_be()
    {
        var (widths, before, after) = Choose([8], widths => widths is [16] ? 70 : 100);

        Assert.Equal([16], widths);
        Assert.Equal((100, 70), (before, after));
    }

    [Fact]
    public void Where_nothing_is_predicted_or_measured_to_be_faster_nothing_is_told()
    {
        var model = TestModels.Chain(8, 8);

        Assert.Null(new MeasuredSelection(model, Optimized(model), models => [.. models.Select(_ => Time(100))]).Run());
    }

    // A part is told by its place among the groups that changed.
    private static (IReadOnlyList<int> Kept, double Before, double After) Select(int[] widths, double[] saves)
    {
        var (kept, before, after) = Choose(widths, found => 100 - found.Select((width, layer) =>
            width == widths[layer] ? 0 : width < widths[layer] + Block ? saves[layer] : -1000).Sum());
        return ([.. Enumerable.Range(0, widths.Length).Where(layer => kept[layer] != widths[layer])], before, after);
    }

    // Convolutions of these widths, and one whose width is visible outside; their times are those of the widths that they get.
    private static (IReadOnlyList<int> Widths, double Before, double After) Choose(int[] widths, Func<int[], double> time)
    {
        var model = TestModels.Chain([.. widths, Block]);
        int[] WidthsOf(ModelProto other) =>
            [.. widths.Select((_, layer) => (int)other.Graph.Initializer.Single(tensor => tensor.Name == $"w{layer}").Dims[0])];

        var (kept, before, after) = new MeasuredSelection(model, Optimized(model), models => [.. models.Select(other => Time(time(WidthsOf(other))))]).Run()!.Value;
        return (WidthsOf(kept?.Model ?? model), before.MedianNanoseconds, after.MedianNanoseconds);
    }

    private static OptimizationResult Optimized(ModelProto model) =>
        ExactOptimizer.Optimize(model, null, TestDevices.Steps(), cancellation: TestContext.Current.CancellationToken);

    private static ModelTime Time(double nanoseconds) => new(nanoseconds, nanoseconds, 10, Quiet: true);
}

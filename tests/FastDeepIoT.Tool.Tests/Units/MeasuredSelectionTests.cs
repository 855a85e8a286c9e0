using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;

namespace FastDeepIoT.Tool.Tests;

/// <summary>A stopwatch whose times are known: each width that is padded saves or costs what the test says.</summary>
public sealed class MeasuredSelectionTests
{
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
        double[] saves = [4, 4, -12, 4, 4, 4, 4, 4, 4, 4, -12, 4, 4, 4, 4, 4];
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

    // Convolutions of these widths, the last of which is visible outside; a part is told by its place among the groups that changed.
    private static (IReadOnlyList<int> Kept, double Before, double After) Select(int[] widths, double[] saves)
    {
        var model = TestModels.Chain([.. widths, 8]);
        var rewrite = ExactOptimizer.Optimize(model, null, TestDevices.Steps(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(widths.Length, rewrite.Parts.Count);

        var (parts, before, after) = new MeasuredSelection(model, rewrite, models => [.. models.Select(other => TimeOf(other, widths, saves))]).Run();
        return ([.. rewrite.Parts.Select((part, place) => (part, place)).Where(pair => parts.Contains(pair.part)).Select(pair => pair.place)], before.MedianNanoseconds, after.MedianNanoseconds);
    }

    private static ModelTime TimeOf(ModelProto model, int[] widths, double[] saves)
    {
        var time = 100 - widths.Select((width, layer) => model.Graph.Initializer.Single(tensor => tensor.Name == $"w{layer}").Dims[0] == width ? 0 : saves[layer]).Sum();
        return new ModelTime(time, time, 10, Quiet: true);
    }
}

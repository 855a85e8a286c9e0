using FastDeepIoT.Onnx;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Steering;

/// <summary>A network that is described again only where a width changed is the network described anew.</summary>
public sealed class WidthEstimateTests
{
    private static readonly DeviceModel Device = SyntheticDevice.Stepped();

    [Fact]
    public void Sizes_changed_one_by_one_are_predicted_like_sizes_changed_at_once()
    {
        var (changed, anew) = (Estimate(), Estimate());
        long[] sizes = [8, 10, 12];
        for (var group = 0; group < sizes.Length; group++)
        {
            changed.Set(group, sizes[group]);
            _ = changed.Prediction;
        }

        anew.Set(sizes);

        Assert.Equal(anew.Prediction.Time, changed.Prediction.Time);
    }

    [Fact]
    public void A_size_taken_back_is_predicted_like_the_original_whether_it_was_looked_at_or_not()
    {
        var (estimate, original) = (Estimate(), Estimate().Prediction.Time);
        estimate.Set(0, 8);
        estimate.Set(1, 12);
        var looked = estimate.Prediction.Time;
        estimate.Set(2, 12);
        estimate.Set(2, 9);
        estimate.Set(0, 7);
        estimate.Set(1, 10);

        Assert.NotEqual(original, looked);
        Assert.Equal(original, estimate.Prediction.Time);
    }

    [Fact]
    public void Nanoseconds_alone_are_those_of_the_prediction()
    {
        var estimate = Estimate();
        estimate.Set([8, 10, 12]);

        Assert.Equal(estimate.Prediction.Time.Nanoseconds, estimate.Nanoseconds);
    }

    // Widths of 7, 10 and 9, in this order.
    private static WidthEstimate Estimate()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Conv(b.Conv(b.Conv(b.Input(1, 4, 8, 8), 4, 7), 7, 10), 10, 9), 9, 8));
        var groups = WidthGroups.Of(model);
        return new WidthEstimate(new RuntimeWidths(groups, RuntimeGraph.Of(model)), groups.Open, Device);
    }
}

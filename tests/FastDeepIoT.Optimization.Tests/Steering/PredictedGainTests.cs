using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Steering;

/// <summary>How much of a gain is sure when many layers change their way of running at once.</summary>
public sealed class PredictedGainTests
{
    private const int Many = 16;

    // Each saves 20 of 100 and may be off by 30: sure together when they err by themselves, not when all err alike.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layers_beyond_what_was_seen_err_together(bool beyond)
    {
        var gain = PredictedGain.Of(Network(100, 0.9, 1.1, beyond: false), Network(80, 0.7, 1.35, beyond));

        Assert.Equal(Many * 20, gain.Nanoseconds, 1e-9);
        Assert.Equal(beyond, gain.SureNanoseconds < 0);
    }

    [Fact]
    public void Layers_that_stay_as_they_are_leave_no_doubt_wherever_they_lie()
    {
        var network = Network(100, 0.5, 3, beyond: true);

        Assert.Equal(new PredictedGain(0, 0), PredictedGain.Of(network, network));
    }

    private static NetworkPrediction Network(double nanoseconds, double low, double high, bool beyond)
    {
        var time = new Prediction(nanoseconds, low * nanoseconds, high * nanoseconds);
        var layer = Layers.Convolution(new ConvolutionShape { InputChannels = 8, OutputChannels = 8, InputSize = [8, 8], OutputSize = [8, 8], Kernel = [1, 1] });
        return new NetworkPrediction(time, [.. Enumerable.Range(0, Many).Select(i => new LayerPrediction($"{i}", "Convolution2D", layer, Placement.Plain, time, beyond))], []);
    }
}

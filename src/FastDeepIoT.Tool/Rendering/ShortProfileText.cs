using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What it cost that a profile ended before all networks were measured: half of the networks teach what twice as many might.</summary>
internal static class ShortProfileText
{
    private const double WorthIt = 0.95;

    /// <summary>"Time ended after 310 of 1400 networks. ..."</summary>
    internal static string Of(SampleSet samples, DeviceModel device, int wanted)
    {
        var text = $"Time ended after {device.Provenance.Networks} of {Number.Count(wanted, "network")}";
        if (device.NetworkError is not { } error || ErrorOfHalf(samples) is not { } half) return text + ".\n";

        return text + $": a model learned from half of these is off by {Number.Percent(half.Mape)} on average instead of {Number.Percent(error.Mape)}, "
            + (error.Mape < WorthIt * half.Mape ? "so more time would make it more accurate.\n" : "so more time would change little.\n");
    }

    private static HeldOutError? ErrorOfHalf(SampleSet samples)
    {
        var seeds = samples.Networks.Where(network => network.IsTimed).Select(network => network.Seed).Distinct().Where((_, i) => i % 2 == 0).ToHashSet();
        try
        {
            return Learner.Fit(samples with { Networks = samples.Networks.Where(network => !network.IsTimed || seeds.Contains(network.Seed)).ToList() }, "half").NetworkError;
        }
        catch (InputException)
        {
            return null;
        }
    }
}

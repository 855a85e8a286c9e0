using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

/// <summary>Networks that were only looked at teach how layers are run, and nothing about how long that takes.</summary>
public sealed class LooksTests
{
    private readonly SyntheticDevice _device = new(alignment: 1, block: 1);

    [Fact]
    public void How_layers_are_run_is_learned_from_networks_without_times()
    {
        var seen = Networks(300);
        var timed = seen.Where(network => network.Seed % 3 == 0 && network.Placements[0] == Placement.Plain).ToList();
        var looks = seen.Except(timed).Select(network => network with { TotalNanoseconds = 0, Nanoseconds = [0] });

        var model = Learner.Fit(new SampleSet(Machine.Describe(1), [.. timed, .. looks]), "device");

        Assert.Equal(timed.Count, model.Provenance.Networks);
        var rule = model.Kinds.Values.Single().Placement!;
        Assert.Equal((true, 4), (rule.Condition!.IsMultiple, rule.Condition.Value));
    }

    [Fact]
    public void A_look_sees_what_a_measurement_sees()
    {
        using var reference = new ReferenceLoad(1);
        var measurement = new ProbeMeasurement(reference, 1);

        var look = measurement.Look(Probe.Reference(), 7);

        Assert.False(look.IsTimed);
        Assert.All(look.Nanoseconds, time => Assert.Equal(0, time));
        if (measurement.Measure(Probe.Reference(), 7) is not { } measured) return; // a machine that is never quiet
        Assert.Equal(measured.Placements, look.Placements);
        Assert.Equal(measured.Network.Layers.Select(layer => layer.Layer?.Kind), look.Network.Layers.Select(layer => layer.Layer?.Kind));
    }

    private List<NetworkSample> Networks(int count) => Enumerable.Range(0, count).Select(seed =>
    {
        var layer = _device.RandomConvolution(depthwise: true);
        var time = _device.Depthwise(layer);
        var channels = (long)layer["outputChannels"];
        return new NetworkSample
        {
            Seed = seed,
            Network = new Network([new("x", [1, channels, 8, 8]), new("y", [1, channels, 8, 8])], [new("layer", "Conv", layer, [0], [1])], [1]),
            TotalNanoseconds = time,
            Placements = [channels % 4 == 0 ? Placement.Internal : Placement.Plain],
            Nanoseconds = [time],
            Changes = [],
        };
    }).ToList();
}

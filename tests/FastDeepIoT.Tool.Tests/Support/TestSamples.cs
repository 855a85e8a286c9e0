using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

/// <summary>What a profile of <see cref="TestDevices.Steps"/> would have measured.</summary>
internal static class TestSamples
{
    private const int Networks = 40;

    /// <summary>Convolutions of many widths, each network one of them.</summary>
    internal static SampleSet Steps()
    {
        var device = TestDevices.Steps();
        return new SampleSet(device.Provenance, [.. Enumerable.Range(0, Networks).Select(seed => Measure(device, seed))]);
    }

    private static NetworkSample Measure(DeviceModel device, int seed)
    {
        var width = 4 + seed;
        var layer = Layers.Convolution(new ConvolutionShape
        {
            InputChannels = 3 + (seed % 5),
            OutputChannels = width,
            InputSize = [8, 8],
            OutputSize = [8, 8],
            Kernel = [3, 3],
        });
        var time = Math.Round(device.Predict(layer)!.Time.Nanoseconds, 1);
        return new NetworkSample
        {
            Seed = seed,
            Network = new Network([new("x", [1, 3 + (seed % 5), 8, 8]), new("y", [1, width, 8, 8])], [new("conv", "Conv", layer, [0], [1])], [1]),
            TotalNanoseconds = time,
            Placements = [Placement.Plain],
            Nanoseconds = [time],
            Changes = [],
        };
    }
}

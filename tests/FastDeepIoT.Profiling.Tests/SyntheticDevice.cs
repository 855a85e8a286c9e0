using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

/// <summary>
/// A device whose cliffs are known because we made them: depthwise convolutions are five times slower unless their channels are a multiple
/// of <paramref name="alignment"/>, and dense ones work in blocks of <paramref name="block"/> output channels.
/// </summary>
internal sealed class SyntheticDevice(int alignment, int block, double noise = 0.01)
{
    private const double CallNanoseconds = 1500;
    private const double NanosecondsPerMac = 0.05;
    private const double SlowNanosecondsPerMac = 0.4;
    private readonly Random _random = new(alignment * 1000 + block);

    internal double Dense(Layer layer) =>
        CallNanoseconds + NanosecondsPerMac * layer.Macs / layer["outputChannels"] * Math.Ceiling(layer["outputChannels"] / block) * block;

    internal double Depthwise(Layer layer) =>
        CallNanoseconds + (layer["outputChannels"] % alignment == 0 ? NanosecondsPerMac : SlowNanosecondsPerMac) * layer.Macs;

    internal List<TimedLayer> Measure(int count, Func<int, Layer> shape, Func<Layer, double> time) =>
        Enumerable.Range(0, count).Select(network =>
        {
            var layer = shape(network);
            return new TimedLayer(network, layer, Placement.Plain, time(layer) * (1 + noise * (_random.NextDouble() * 2 - 1)));
        }).ToList();

    internal Layer RandomConvolution(bool depthwise)
    {
        var (inputs, outputs, size) = (_random.Next(3, 200), _random.Next(3, 300), _random.Next(4, 60));
        if (depthwise) inputs = outputs;
        return Layers.Convolution(new ConvolutionShape
        {
            InputChannels = inputs,
            OutputChannels = outputs,
            Groups = depthwise ? inputs : 1,
            InputSize = [size, size],
            OutputSize = [size, size],
            Kernel = depthwise || _random.Next(2) == 0 ? [3, 3] : [1, 1],
        });
    }
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Profiling.Probes;

/// <summary>
/// Random networks to measure layers in company: each layer sees the neighbours, caches and layout changes it would see in a real
/// network. The same seed gives the same network.
/// </summary>
internal static class Probe
{
    private const double FewestMacs = 2e5;
    private const double MostMacs = 4e9;
    private const double MostlyFixed = 0.95;
    private const int Twins = 1 << 24;

    /// <summary>The network every measurement is watched with: some arithmetic, some memory, about as long as a small network.</summary>
    internal static ModelProto Reference()
    {
        var builder = new ProbeBuilder(new ProbeRandom(0));
        var x = builder.Input(1, 24, 20, 20);
        for (var layer = 0; layer < 3; layer++)
            x = builder.Unary("Relu", builder.Conv(builder.Depthwise(builder.Conv(x, 47, 1), 3), 24, 1));
        return builder.Build();
    }

    /// <summary>The network of a seed.</summary>
    internal static ModelProto Of(int seed)
    {
        var random = new ProbeRandom(Origin(seed), seed / Twins);
        var builder = new ProbeBuilder(random);
        var mostMacs = random.Size(FewestMacs, random.Chance(0.25) ? MostMacs : MostMacs / 10);
        switch (random.Below(100))
        {
            case < 52: ImageProbe.Grow(builder, mostMacs); break;
            case < 60: SequenceProbes.Convolutions(builder, mostMacs / 3); break;
            case < 64: VolumeProbe.Grow(builder, mostMacs); break;
            case < 73: TransformerProbe.Grow(builder, mostMacs); break;
            case < 82: SequenceProbes.Recurrent(builder); break;
            case < 89: SequenceProbes.Perceptron(builder, mostMacs / 8); break;
            case < 92: SequenceProbes.HeavyPerceptron(builder); break;
            default: ElementProbe.Grow(builder); break;
        }

        return builder.Build(random.Chance(MostlyFixed));
    }

    /// <summary>The same network with each of its widths moved by a step or two.</summary>
    internal static int Twin(int seed, int number) => Origin(seed) + number * Twins;

    /// <summary>The network a twin was made from; any other is its own.</summary>
    internal static int Origin(int seed) => seed % Twins;
}

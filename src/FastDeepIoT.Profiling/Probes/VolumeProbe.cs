namespace FastDeepIoT.Profiling.Probes;

/// <summary>Networks over volumes and clips: 3-D convolutions, whole or taken apart into space and time.</summary>
internal static class VolumeProbe
{
    private const int MostNodes = 40;
    private const double MostInputs = 600_000;
    private const double LeastShareOfBlocks = 4;

    internal static void Grow(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var (depth, height) = (random.Size(3, 32), random.Size(6, 112));
        var width = random.Chance(0.7) ? height : random.Size(6, 112);
        var channels = random.Pick(1L, 3L, 3L, random.Width(2, 32));
        var x = b.Input(1, channels, depth, Math.Min(height, (long)Math.Max(4, MostInputs / (channels * depth * width))), width);
        x = b.Activate(b.Conv(x, random.Width(6, 48), random.Pick<long[]>([3, 3, 3], [1, 7, 7], [3, 7, 7], [5, 5, 5], [1, 3, 3]), Strides(b, x)), "Relu");
        mostMacs = Math.Max(mostMacs, LeastShareOfBlocks * b.Macs);
        while (b.Nodes < MostNodes && b.Macs < mostMacs)
            x = b.Activate(Block(b, x), random.Pick("", "Relu", "Relu", "Relu", "Sigmoid", "LeakyRelu", "Elu"));
        b.Head(x);
    }

    private static ProbeTensor Block(ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        var width = random.Width(4, Math.Clamp(40_000 / Math.Sqrt(x.Elements / x.Channels), 16, 320));
        var kernel = random.Pick(1L, 3L, 3L, 3L, 3L, 5L);
        return random.Below(10) switch
        {
            0 => b.Depthwise(x, kernel, x.Shape[2] >= 8 && x.Shape[3] >= 8 ? random.Pick(1L, 2L) : 1),
            1 => b.Pool(random.Pick("MaxPool", "AveragePool"), x, random.Pick(2L, 3L), x.Shape[2] >= 4 && x.Shape[3] >= 4 ? 2 : 1),
            2 => b.GroupedConv(x, kernel, 1),
            3 => b.Combine("Add", x, b.Conv(x, x.Channels, kernel)),
            4 or 5 or 6 => InSpaceAndTime(b, x, width),
            _ => b.Conv(x, width, [kernel, kernel, kernel], Strides(b, x)),
        };
    }

    // One convolution over the image, one over time (Tran et al. 2018).
    private static ProbeTensor InSpaceAndTime(ProbeBuilder b, ProbeTensor x, long width)
    {
        var strides = Strides(b, x);
        var inner = b.Activate(b.Conv(x, b.Random.Width(4, 2 * width), [1, 3, 3], [1, strides[1], strides[2]]), "Relu");
        return b.Conv(inner, width, [3, 1, 1], [strides[0], 1, 1]);
    }

    private static long[] Strides(ProbeBuilder b, ProbeTensor x)
    {
        var inSpace = Math.Min(x.Shape[3], x.Shape[4]) >= 8 && b.Random.Chance(0.4) ? 2 : 1;
        var inTime = x.Shape[2] >= 4 && b.Random.Chance(inSpace > 1 ? 0.5 : 0.1) ? 2 : 1;
        return [inTime, inSpace, inSpace];
    }
}

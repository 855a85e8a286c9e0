namespace FastDeepIoT.Profiling.Probes;

/// <summary>
/// Convolutional networks over images: random sequences of the blocks that published networks are made of, with random widths,
/// kernels, strides and activations. Half of them are a few layers of any width; half are deep, with narrower blocks that repeat.
/// </summary>
internal static class ImageProbe
{
    /// <summary>Channels that blocks may widen an image to.</summary>
    internal const int MostChannels = 1400;

    private const int MostNodes = 48;
    private const int MostNodesWhenDeep = 160;
    private const int MostRepeats = 8;
    private const double NodesABlock = 4;
    private const double MostMacs = 3e9;

    private const int SmallestSide = 12;
    private const int LargestSide = 300;
    private const double FewestMacsAPosition = 200;

    // A first layer over a large image must not be all there is.
    private const double LeastShareOfBlocks = 6;
    private static readonly string[] Activations =
        ["", "Relu", "Relu", "Relu", "Clip", "Clip", "SiLU", "LeakyRelu", "PRelu", "HardSwish", "HardSwishParts", "Sigmoid", "Elu", "HardSigmoid", "Tanh"];

    internal static void Grow(ProbeBuilder b, double mostMacs)
    {
        var random = b.Random;
        var (height, width) = Sides(random, mostMacs);
        var x = b.Input(random.Chance(0.93) ? 1 : random.Size(2, 8), random.Pick(1L, 3L, 3L, random.Width(2, 96)), height, width);
        var activation = random.Pick(Activations);
        x = b.Activate(b.Conv(x, random.Width(6, 64), random.Pick(3L, 3L, 5L, 7L, 11L, 1L), random.Pick(1L, 2L, 2L, 4L), padded: b.Padding()), activation);
        var multiplier = random.Size(1, 6);
        mostMacs = Math.Min(MostMacs, Math.Max(mostMacs, LeastShareOfBlocks * b.Macs));
        var deep = random.Chance(0.5);
        var mostNodes = deep ? random.Size(MostNodes / 2, MostNodesWhenDeep) : MostNodes;
        var macsABlock = deep ? mostMacs * NodesABlock / mostNodes : double.PositiveInfinity;
        while (b.Nodes < mostNodes && b.Macs < mostMacs)
        {
            if (random.Chance(0.25)) activation = random.Pick(Activations);
            var (repeats, choice) = (deep ? random.Size(1, MostRepeats) : 1, random.Below(int.MaxValue));
            for (var block = 0; block < repeats && b.Nodes < mostNodes && b.Macs < mostMacs; block++)
            {
                random.Restart(choice);
                x = Block(b, x, activation, multiplier, macsABlock, first: block == 0);
            }
        }

        if (random.Chance(0.6)) b.Head(x);
        else if (random.Chance(0.2)) b.Series(x);
        else if (random.Chance(0.5)) b.Picture(x);
        else if (random.Chance(0.3)) b.Unary("Softmax", b.Conv(x, random.Width(2, 24), 1), ("axis", 1L));
    }

    // Small networks look at small images. Spectrograms and other series are longer than they are wide, or the other way round.
    private static (long Height, long Width) Sides(ProbeRandom random, double mostMacs)
    {
        var longer = random.Size(SmallestSide, Math.Clamp(Math.Sqrt(mostMacs / FewestMacsAPosition), 2 * SmallestSide, LargestSide));
        var shorter = random.Chance(0.75) ? longer : random.Size(SmallestSide / 3, longer);
        return random.Chance(0.5) ? (longer, shorter) : (shorter, longer);
    }

    // Only the first of several blocks in a row makes the image smaller.
    private static ProbeTensor Block(ProbeBuilder b, ProbeTensor x, string activation, long expansion, double macs, bool first)
    {
        var stride = b.Random.Chance(0.4) && first && Math.Min(x.Shape[2], x.Shape[3]) >= 8 ? 2 : 1;
        var positions = x.Shape[2] * x.Shape[3] / (stride * stride);
        var widest = Math.Min(60_000 / Math.Sqrt(positions) / 4, Math.Sqrt(macs / positions));
        var width = Math.Min(b.Random.Width(8, Math.Clamp(widest, 16, MostChannels)), MostChannels);
        return b.Random.Below(26) switch
        {
            0 or 1 or 2 => Plain(b, x, width, activation, stride),
            3 or 4 or 5 or 6 => Separable(b, x, width, activation, stride),
            7 or 8 or 9 or 10 => Inverted(b, x, width, activation, stride, expansion),
            11 or 12 or 13 => Residual(b, x, width, activation, stride),
            14 or 24 => Bottleneck(b, x, width, activation, stride),
            15 => b.Random.Chance(0.6) ? Branches(b, x, width, activation) : Parts(b, x, activation),
            16 => Shuffle(b, x, activation),
            17 => Pooling(b, x),
            18 => Grouped(b, x, width, activation, stride),
            19 => UpAndDown(b, x, activation),
            20 => Dense(b, x),
            21 => Hourglass(b, x, width, activation),
            22 => Ghost(b, x, width, activation),
            _ => ImageExtras.Any(b, x, activation),
        };
    }

    private static ProbeTensor Plain(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride)
    {
        if (b.Random.Chance(0.2))
            return b.Activate(b.Conv(x, width, [b.Random.Size(1, 10), b.Random.Size(1, 10)], stride, padded: b.Padding()), activation);
        var kernel = b.Random.Pick(1L, 1L, 3L, 3L, 3L, 5L, 7L, 2L, 4L);
        var dilation = kernel > 1 && stride == 1 && b.Random.Chance(0.15) ? b.Random.Pick(2L, 3L, 4L) : 1;
        return b.Activate(b.Conv(x, width, kernel, stride, dilation: dilation, padded: b.Padding()), activation);
    }

    private static ProbeTensor Separable(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride)
    {
        var kernel = b.Random.Pick(3L, 3L, 3L, 5L, 7L);
        var dilation = stride == 1 && b.Random.Chance(0.1) ? 2 : 1;
        x = b.Activate(b.Depthwise(x, kernel, stride, dilation), activation);
        return b.Activate(b.Conv(x, width, 1), activation);
    }

    private static ProbeTensor Inverted(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride, long expansion)
    {
        var keeps = stride == 1 && b.Random.Chance(0.7);
        var inner = b.Activate(b.Conv(x, b.Random.Width(x.Channels * expansion * 0.8, x.Channels * expansion * 1.1), 1), activation);
        inner = b.Activate(b.Depthwise(inner, b.Random.Pick(3L, 3L, 5L), stride), activation);
        if (b.Random.Chance(0.35)) inner = ImageExtras.SqueezeExcite(b, inner);
        var y = b.Conv(inner, keeps ? x.Channels : Math.Min(width, inner.Channels), 1);
        return keeps ? b.Combine("Add", x, y) : y;
    }

    private static ProbeTensor Residual(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride)
    {
        if (b.Random.Chance(0.6)) (width, stride) = (x.Channels, 1);
        var y = b.Conv(b.Activate(b.Conv(x, width, 3, stride, padded: true), activation), width, 3);
        if (stride == 1 && width == x.Channels && b.Random.Chance(0.3)) return b.Combine("Add", x, b.Activate(y, activation)); // as detectors have them
        var shortcut = stride == 1 && width == x.Channels ? x : b.Conv(x, width, 1, stride);
        var sum = b.Random.Pick("Add", "Add", "Add", "Add", "Sum");
        return b.Activate(b.Random.Chance(0.5) ? b.Combine(sum, y, shortcut) : b.Combine(sum, shortcut, y), activation);
    }

    // Half of them are of many groups, each as wide as the others (Xie et al. 2017, Radosavovic et al. 2020).
    private static ProbeTensor Bottleneck(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride)
    {
        var each = b.Random.Width(4, Math.Max(4, width / 2));
        var groups = b.Random.Chance(0.5) ? 1 : Math.Max(2, width / each);
        var channels = groups == 1 ? Math.Max(4, width / 3) : groups * each;
        var inner = b.Activate(b.Conv(x, channels, 1), activation);
        inner = b.Activate(b.Conv(inner, channels, 3, stride, groups, padded: true), activation);
        if (groups > 1 && b.Random.Chance(0.3)) inner = ImageExtras.SqueezeExcite(b, inner);
        var y = b.Conv(inner, width, 1);
        return b.Activate(b.Combine("Add", b.Conv(x, width, 1, stride), y), activation);
    }

    private static ProbeTensor Branches(ProbeBuilder b, ProbeTensor x, long width, string activation)
    {
        var squeezed = b.Activate(b.Conv(x, Math.Max(4, width / 4), 1), activation);
        var parts = new List<ProbeTensor> { b.Activate(b.Conv(squeezed, b.Random.Width(4, width), 1), activation) };
        parts.Add(b.Activate(b.Conv(squeezed, b.Random.Width(4, width), 3), activation));
        if (b.Random.Chance(0.4)) parts.Add(b.Activate(b.Conv(b.Pool("MaxPool", x, 3, 1), b.Random.Width(4, width), 1), activation));
        if (b.Random.Chance(0.3)) parts.Add(x);
        return b.Concat(parts);
    }

    // Half of the channels are made of the other half, each of one (Han et al. 2020).
    private static ProbeTensor Ghost(ProbeBuilder b, ProbeTensor x, long width, string activation)
    {
        ProbeTensor Doubled(ProbeTensor t, long channels, string after)
        {
            var half = b.Activate(b.Conv(t, Math.Max(2, channels / 2), 1), after);
            return b.Concat(half, b.Activate(b.Depthwise(half, 3), after));
        }

        var keeps = x.Channels % 2 == 0 && b.Random.Chance(0.7);
        var y = Doubled(Doubled(x, width, activation), keeps ? x.Channels : width, "");
        return keeps ? b.Combine("Add", x, y) : y;
    }

    // Each part of the channels sees what was made of the one before (Gao et al. 2019).
    private static ProbeTensor Parts(ProbeBuilder b, ProbeTensor x, string activation)
    {
        var count = Math.Min(b.Random.Pick(2L, 3L, 4L), x.Channels);
        var parts = b.Split(x, [.. Enumerable.Range(0, (int)count).Select(part => (x.Channels + part) / count)]).ToList();
        var made = parts[0];
        for (var part = 1; part < parts.Count; part++)
            parts[part] = made = b.Activate(b.Conv(made.Channels == parts[part].Channels ? b.Combine("Add", made, parts[part]) : parts[part], made.Channels, 3), activation);
        return b.Concat(parts);
    }

    private static ProbeTensor Shuffle(ProbeBuilder b, ProbeTensor x, string activation)
    {
        var half = Math.Max(2, x.Channels / 2);
        if (x.Channels < 2 * half) return Plain(b, x, 2 * half, activation, 1);
        var parts = b.Split(x, half, x.Channels - half);
        var y = b.Activate(b.Conv(parts[1], half, 1), activation);
        y = b.Activate(b.Conv(b.Depthwise(y, 3), half, 1), activation);
        var joined = b.Concat(parts[0], y);
        if (!b.Random.Chance(0.7)) return joined;
        var (batch, height, width) = (x.Shape[0], x.Shape[2], x.Shape[3]);
        var split = b.Transpose(b.Reshape(joined, batch, 2, half, height, width), 0, 2, 1, 3, 4);
        return b.Reshape(split, batch, 2 * half, height, width);
    }

    // Layers that each read all before them, normalized before they are convolved.
    private static ProbeTensor Dense(ProbeBuilder b, ProbeTensor x)
    {
        var growth = b.Random.Width(4, 48);
        ProbeTensor Normalized(ProbeTensor t) => b.Unary("Relu", b.BatchNormalized(t));
        for (var layer = 0; layer < 2; layer++)
        {
            var inner = b.Random.Chance(0.5) ? b.Conv(Normalized(x), b.Random.Width(growth, 4 * growth), 1) : x;
            x = b.Concat(x, b.Conv(Normalized(inner), growth, 3));
        }

        return x;
    }

    // Down, up again, and joined with what was there before.
    private static ProbeTensor Hourglass(ProbeBuilder b, ProbeTensor x, long width, string activation)
    {
        var (height, side) = (x.Shape[2], x.Shape[3]);
        if (height % 2 != 0 || side % 2 != 0 || x.Elements > 400_000) return Pooling(b, x);
        var low = b.Activate(b.Conv(b.Pool2(x), width, 3), activation);
        var up = b.Random.Chance(0.5)
            ? b.ConvTranspose(low, b.Random.Width(4, width), 2, 2)
            : b.Enlarged(low, height, side, "nearest");
        return b.Activate(b.Conv(b.Concat(up, x), x.Channels, 3), activation);
    }

    private static ProbeTensor Pool2(this ProbeBuilder b, ProbeTensor x) => b.Node("MaxPool", [x.Name],
        [x.Shape[0], x.Channels, x.Shape[2] / 2, x.Shape[3] / 2], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    private static ProbeTensor Pooling(ProbeBuilder b, ProbeTensor x)
    {
        var kernel = Math.Min(b.Random.Pick(2L, 3L, 3L, 5L), Math.Min(x.Shape[2], x.Shape[3]));
        return b.Pool(b.Random.Pick("MaxPool", "MaxPool", "AveragePool"), x, kernel, x.Shape[2] >= 8 ? b.Random.Pick(1L, 2L, 2L) : 1);
    }

    private static ProbeTensor Grouped(ProbeBuilder b, ProbeTensor x, long width, string activation, int stride)
    {
        var groups = b.Random.Size(2, 32);
        var perGroup = b.Random.Width(1, Math.Max(1, width / groups));
        var inner = b.Activate(b.Conv(x, perGroup * groups, 1), activation);
        var made = b.Random.Chance(0.5) ? b.Random.Pick(1L, 1L, 2L) * perGroup : b.Random.Size(1, 2 * perGroup); // what pads one of the two makes them differ
        return b.Activate(b.Conv(inner, made * groups, b.Random.Pick(1L, 3L, 3L), stride, groups), activation);
    }

    private static ProbeTensor UpAndDown(ProbeBuilder b, ProbeTensor x, string activation)
    {
        if (x.Elements > 400_000) return Pooling(b, x);
        var (height, width, stride) = (x.Shape[2] * 2, x.Shape[3] * 2, b.Random.Pick(2L, 2L, 2L, 3L, 4L));
        if (b.Random.Chance(0.5)) return b.Activate(b.ConvTranspose(x, b.Random.Width(4, x.Channels), Math.Max(stride, b.Random.Pick(2L, 2L, 3L, 4L, 4L, 5L, 9L)), stride), activation);
        if (x.Elements < 100_000 && b.Random.Chance(0.2)) (height, width) = (b.Random.Size(height / 2 + 1, 2 * height), b.Random.Size(width / 2 + 1, 2 * width));
        return b.Enlarged(x, height, width, b.Random.Pick("nearest", "nearest", "linear"));
    }
}

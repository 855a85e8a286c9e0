namespace FastDeepIoT.Profiling.Probes;

/// <summary>Operators between the convolutions of image networks: gates, normalization, movement, arithmetic.</summary>
internal static class ImageExtras
{
    /// <summary>One of them, at random.</summary>
    internal static ProbeTensor Any(ProbeBuilder b, ProbeTensor x, string activation)
    {
        var (n, c, h, w) = (x.Shape[0], x.Channels, x.Shape[2], x.Shape[3]);
        return b.Random.Below(15) switch
        {
            0 => SqueezeExcite(b, x),
            1 => b.BatchNormalized(x),
            2 => b.Node("InstanceNormalization", [x.Name, b.Fill(1, c), b.Fill(0, c)], [n, c, h, w]),
            3 => b.WithConstant(b.Random.Pick("Mul", "Add"), x, c, 1, 1),
            4 => b.WithConstant(b.Random.Pick("Mul", "Add", "Sub", "Div"), x),
            5 => b.Node("Pad", [x.Name, b.Integers(0, 0, 1, 1, 0, 0, 1, 1)], [n, c, h + 2, w + 2]),
            6 => Widened(b, x, activation),
            7 => Slice(b, x, axis: 1, keep: Math.Max(1, c - b.Random.Below((int)Math.Min(c, 32)))),
            8 => Slice(b, x, axis: 2, keep: Math.Max(1, h - 1 - b.Random.Below((int)Math.Max(1, h / 2)))),
            9 => b.Combine(b.Random.Pick("Add", "Mul", "Max", "Sub"), x, b.Activate(b.Conv(x, c, 1), activation)),
            10 when c % 4 == 0 => b.Node("DepthToSpace", [x.Name], [n, c / 4, 2 * h, 2 * w], ("blocksize", 2L)),
            11 when h % 2 == 0 && w % 2 == 0 && 4 * c <= ImageProbe.MostChannels => b.Node("SpaceToDepth", [x.Name], [n, 4 * c, h / 2, w / 2], ("blocksize", 2L)),
            12 => ChannelsLastHead(b, x),
            13 => b.Unary("LRN", x, ("size", 5L)),
            _ => b.Unary(b.Random.Pick("Relu", "Sigmoid", "Tanh", "Abs", "HardSwish", "Neg"), x),
        };
    }

    /// <summary>A gate on the channels: global pooling, two small convolutions, a sigmoid, a product.</summary>
    internal static ProbeTensor SqueezeExcite(ProbeBuilder b, ProbeTensor x)
    {
        var mean = b.MeanOverPositions(x);
        var reduced = b.Unary("Relu", b.Conv(mean, Math.Max(2, x.Channels / 4), 1));
        var gate = b.Activate(b.Conv(reduced, x.Channels, 1), b.Random.Pick("Sigmoid", "HardSigmoid", "HardSigmoidParts"));
        return b.Node("Mul", [x.Name, gate.Name], [.. x.Shape]);
    }

    // Channels of zeros, which exporters write as a Pad or join to the others; half of them are the shortcut of a residual block that widens.
    private static ProbeTensor Widened(ProbeBuilder b, ProbeTensor x, string activation)
    {
        var more = b.Random.Width(1, 32);
        long[] shape = [x.Shape[0], x.Channels + more, x.Shape[2], x.Shape[3]];
        var wide = b.Random.Chance(0.5)
            ? b.Node("Pad", [x.Name, b.Integers(0, 0, 0, 0, 0, more, 0, 0)], shape)
            : b.Node("Concat", [x.Name, b.Fill(0, shape[0], more, shape[2], shape[3])], shape, ("axis", 1L));
        return b.Random.Chance(0.5) ? wide : b.Activate(b.Combine("Add", b.Conv(x, shape[1], b.Random.Pick(1L, 3L)), wide), activation);
    }

    private static ProbeTensor Slice(ProbeBuilder b, ProbeTensor x, int axis, long keep)
    {
        var shape = x.Shape.ToArray();
        shape[axis] = keep;
        return b.Node("Slice", [x.Name, b.Integers(0), b.Integers(keep), b.Integers(axis)], shape);
    }

    // Detection heads move the channels last and flatten the positions.
    private static ProbeTensor ChannelsLastHead(ProbeBuilder b, ProbeTensor x)
    {
        var head = b.Conv(x, b.Random.Width(2, 90), b.Random.Pick(1L, 3L));
        var last = b.Transpose(head, 0, 2, 3, 1);
        var flat = b.Reshape(last, x.Shape[0], x.Shape[2] * x.Shape[3], head.Channels);
        if (b.Random.Chance(0.5)) b.Unary(b.Random.Pick("Sigmoid", "Softmax"), flat);
        return x;
    }
}

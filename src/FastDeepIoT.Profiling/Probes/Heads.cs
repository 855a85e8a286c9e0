namespace FastDeepIoT.Profiling.Probes;

/// <summary>How networks over images, sequences and volumes end.</summary>
internal static class Heads
{
    private const long MostFlattened = 12_000;
    private const long LargestHidden = 4096;
    private const double MostMacsOfPicture = 3e8;
    private const double MostMacsOfAGate = 2.5e7;
    private const long MostElementsOfDecoder = 200_000;

    /// <summary>Pooled over all positions, or flattened with them as early networks did; then one to three dense layers.</summary>
    internal static void Head(this ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        var flattened = random.Chance(0.3);
        var flat = Flat(b, flattened ? Reduced(b, x) : random.Chance(0.8) ? b.MeanOverPositions(x) : b.GlobalPool("GlobalMaxPool", x));
        var mostWeights = random.Size(1e5, 4e7);
        for (var hidden = flattened ? random.Below(3) : 0; hidden > 0; hidden--)
            flat = b.Activate(b.Gemm(flat, random.Width(16, Math.Clamp(mostWeights / flat.Channels, 16, LargestHidden))), random.Pick("Relu", "Relu", "Tanh", ""));
        var logits = b.Gemm(flat, random.Width(2, 1000));
        if (random.Chance(0.5)) b.Unary("Softmax", logits);
    }

    /// <summary>The columns of an image as steps of a series: recognizers of text and speech go on from there with recurrent layers.</summary>
    internal static void Series(this ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        if (x.Channels * x.Shape[2] > MostFlattened) x = b.Pool("MaxPool", x, 3, 2);
        var (batch, channels, height, width) = (x.Shape[0], x.Channels, x.Shape[2], x.Shape[3]);
        var widest = Math.Clamp(MostMacsOfAGate / x.Elements, 8, LargestHidden / 8);
        var steps = random.Pick(0, 1, 2, 3) switch
        {
            0 => b.Transpose(b.Reshape(b.Transpose(x, 0, 3, 1, 2), batch, width, channels * height), 1, 0, 2),
            1 => b.Transpose(b.Reshape(b.Transpose(x, 0, 2, 1, 3), batch, height, channels * width), 1, 0, 2),
            2 => b.Reshape(b.Transpose(x, 3, 0, 1, 2), width, batch, channels * height),
            _ => b.Transpose(b.Reshape(b.Transpose(x, 0, 2, 3, 1), batch, height, width * channels), 1, 0, 2),
        };
        if (random.Chance(0.7)) steps = b.Recurrent(random.Pick("LSTM", "GRU"), steps, random.Width(8, widest), random.Pick(1L, 2L));
        b.Gemm(random.Chance(0.5) ? b.One(steps, axis: 0, steps.Shape[0] - 1) : b.MeanOver(steps, axis: 0), random.Width(2, 100));
    }

    /// <summary>
    /// A picture or a map of labels: a few channels, as large as the image or larger by a transposed convolution or by channels turned into positions.
    /// </summary>
    internal static void Picture(this ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        var (way, most, scale, kernel) = (random.Below(3), random.Size(1, 32), random.Pick(2L, 2L, 3L, 4L), random.Pick(1L, 3L, 3L, 5L, 9L));
        if (way == 0) x = Decoded(b, x);
        var channels = Math.Clamp((long)(MostMacsOfPicture / (x.Elements * kernel * kernel * scale * scale)), 1, most);
        var picture = way switch
        {
            0 => b.ConvTranspose(x, channels, Math.Max(kernel, scale), scale),
            1 => InPositions(b, b.Conv(x, channels * scale * scale, Math.Min(kernel, 3)), scale),
            _ => b.Conv(x, channels, kernel, padded: b.Padding()),
        };
        b.Activate(picture, random.Pick("", "Sigmoid", "Tanh"));
    }

    // Decoders, of autoencoders for instance, have several in a row: each twice as large with about half the channels.
    private static ProbeTensor Decoded(ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        for (var layer = random.Below(4); layer > 0 && x.Channels > 8 && x.Elements < MostElementsOfDecoder; layer--)
            x = b.Activate(b.ConvTranspose(x, random.Width(x.Channels * 0.3, x.Channels * 0.8), random.Pick(2L, 3L, 3L, 4L, 4L, 5L), 2), random.Pick("Relu", "Relu", "Relu", "LeakyRelu", "Elu", ""));
        return x;
    }

    private static ProbeTensor InPositions(ProbeBuilder b, ProbeTensor x, long scale) => b.Node("DepthToSpace", [x.Name],
        [x.Shape[0], x.Channels / (scale * scale), scale * x.Shape[2], scale * x.Shape[3]], ("blocksize", scale));

    /// <summary>The mean of every channel over all positions; exporters write it in either way.</summary>
    internal static ProbeTensor MeanOverPositions(this ProbeBuilder b, ProbeTensor x) => b.Random.Chance(0.5)
        ? b.GlobalPool("GlobalAveragePool", x)
        : b.Node("ReduceMean", [x.Name], [x.Shape[0], x.Channels, .. x.Shape.Skip(2).Select(_ => 1L)],
            ("axes", Enumerable.Range(2, x.Shape.Count - 2).Select(axis => (long)axis).ToArray()), ("keepdims", 1L));

    private static ProbeTensor Flat(ProbeBuilder b, ProbeTensor x) => b.Node("Flatten", [x.Name], [x.Shape[0], x.Elements / x.Shape[0]]);

    private static ProbeTensor Reduced(ProbeBuilder b, ProbeTensor x)
    {
        while (x.Elements / x.Shape[0] > MostFlattened && x.Shape.Skip(2).Any(size => size > 2)) x = b.Pool("MaxPool", x, 3, 2);
        return x.Elements / x.Shape[0] > MostFlattened ? b.GlobalPool("GlobalAveragePool", x) : x;
    }
}

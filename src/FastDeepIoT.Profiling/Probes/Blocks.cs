namespace FastDeepIoT.Profiling.Probes;

/// <summary>The operators probes are made of, with shapes worked out.</summary>
internal static class Blocks
{
    private const double MostlyPadded = 0.88;
    private const double PaddedInARow = 0.75;

    // As a fan-in, it makes biases a tenth of the ordinary size.
    private const long SmallBias = 100;

    /// <summary>A convolution with the same kernel and stride along all spatial axes; "same" padding, which strided ones go without now and then.</summary>
    internal static ProbeTensor Conv(
        this ProbeBuilder b, ProbeTensor x, long outputs, long kernel, long stride = 1, long groups = 1, long dilation = 1, bool? padded = null) =>
        b.Conv(x, outputs, Enumerable.Repeat(kernel, x.Shape.Count - 2).ToArray(), stride, groups, dilation, padded);

    /// <summary>A convolution with a kernel size for each spatial axis.</summary>
    internal static ProbeTensor Conv(
        this ProbeBuilder b, ProbeTensor x, long outputs, long[] kernel, long stride = 1, long groups = 1, long dilation = 1, bool? padded = null) =>
        b.Conv(x, outputs, kernel, Enumerable.Repeat(stride, kernel.Length).ToArray(), groups, dilation, padded);

    /// <summary>
    /// A convolution with a kernel size and a stride for each spatial axis. Kernels add up to nothing and biases are small, as if batch normalization
    /// had been folded in: the sign of a result must stay a matter of chance.
    /// </summary>
    internal static ProbeTensor Conv(
        this ProbeBuilder b, ProbeTensor x, long outputs, long[] kernel, long[] strides, long groups = 1, long dilation = 1, bool? padded = null)
    {
        var reach = kernel.Select(k => dilation * (k - 1)).ToArray();
        var pads = padded ?? (strides.All(stride => stride == 1) || !reach.Where((r, i) => r > 0 && 4 * r < x.Shape[2 + i]).Any() || b.Random.Chance(MostlyPadded));
        pads |= reach.Where((r, i) => r >= x.Shape[2 + i]).Any();
        var before = reach.Select(r => pads ? r / 2 : 0).ToArray();
        var after = reach.Select(r => pads ? r - r / 2 : 0).ToArray();
        var size = x.Shape.Skip(2).Select((n, i) => (n + before[i] + after[i] - reach[i] - 1) / strides[i] + 1).ToArray();
        var fanIn = x.Channels / groups * kernel.Aggregate(1L, (product, k) => product * k);
        b.Count((double)outputs * fanIn * size.Aggregate(1L, (product, n) => product * n) * x.Shape[0]);
        var inputs = new List<string> { x.Name, b.Kernels(fanIn, [outputs, x.Channels / groups, .. kernel]) };
        if (b.Random.Chance(0.9)) inputs.Add(b.Weights(SmallBias, outputs));
        return b.Node("Conv", inputs, [x.Shape[0], outputs, .. size],
            ("kernel_shape", kernel), ("group", groups), ("strides", strides),
            ("dilations", Enumerable.Repeat(dilation, kernel.Length).ToArray()), ("pads", before.Concat(after).ToArray()));
    }

    /// <summary>How a convolution is padded that nothing is added to: as any other, or not at all, as early networks and those that pad in a layer of its own have them.</summary>
    internal static bool? Padding(this ProbeBuilder b) => b.Random.Chance(PaddedInARow) ? null : false;

    /// <summary>A grouped convolution, after one that brings the channels to a multiple of the groups.</summary>
    internal static ProbeTensor GroupedConv(this ProbeBuilder b, ProbeTensor x, long kernel, long stride)
    {
        var groups = b.Random.Size(2, 8);
        var inner = b.Conv(x, groups * b.Random.Width(2, 32), 1);
        return b.Conv(inner, groups * b.Random.Width(2, 32), kernel, stride, groups);
    }

    /// <summary>A depthwise convolution.</summary>
    internal static ProbeTensor Depthwise(this ProbeBuilder b, ProbeTensor x, long kernel, long stride = 1, long dilation = 1) =>
        b.Conv(x, x.Channels, kernel, stride, groups: x.Channels, dilation);

    /// <summary>A transposed convolution that enlarges by its stride: exactly, or by what its kernel reaches further.</summary>
    internal static ProbeTensor ConvTranspose(this ProbeBuilder b, ProbeTensor x, long outputs, long kernel, long stride)
    {
        var rank = x.Shape.Count - 2;
        var cut = kernel > stride && b.Random.Chance(0.6) ? kernel - stride : 0;
        var size = x.Shape.Skip(2).Select(n => (n - 1) * stride + kernel - cut).ToArray();
        var kernels = Enumerable.Repeat(kernel, rank).ToArray();
        var volume = kernels.Aggregate(1L, (product, k) => product * k);
        b.Count((double)outputs * x.Elements * volume);
        return b.Node("ConvTranspose", [x.Name, b.Weights(x.Channels * volume, [x.Channels, outputs, .. kernels]), b.Weights(1, outputs)],
            [x.Shape[0], outputs, .. size], ("kernel_shape", kernels), ("strides", Enumerable.Repeat(stride, rank).ToArray()),
            ("pads", Enumerable.Repeat(cut / 2, rank).Concat(Enumerable.Repeat(cut - cut / 2, rank)).ToArray()));
    }

    /// <summary>Normalized channel by channel, with statistics of training.</summary>
    internal static ProbeTensor BatchNormalized(this ProbeBuilder b, ProbeTensor x)
    {
        var channels = x.Channels;
        return b.Node("BatchNormalization",
            [x.Name, b.Fill(1.1f, channels), b.Fill(0.1f, channels), b.Fill(0.1f, channels), b.Fill(1, channels)], [.. x.Shape]);
    }

    /// <summary>An activation as networks use it.</summary>
    internal static ProbeTensor Activate(this ProbeBuilder b, ProbeTensor x, string activation) => activation switch
    {
        "" => x,
        "Clip" => b.Node("Clip", [x.Name, b.Fill(0), b.Fill(6)], [.. x.Shape]),
        "SiLU" => b.Combine("Mul", x, b.Unary("Sigmoid", x)),
        "PRelu" => b.Node("PRelu", [x.Name, b.Weights(1, [x.Channels, .. Enumerable.Repeat(1L, x.Shape.Count - 2)])], [.. x.Shape]),
        "HardSigmoidParts" => b.Node("Div", [b.ClippedSum(x).Name, b.Fill(6)], [.. x.Shape]),
        "HardSwishParts" => b.Node("Div", [b.Combine("Mul", x, b.ClippedSum(x)).Name, b.Fill(6)], [.. x.Shape]),
        _ => b.Unary(activation, x),
    };

    /// <summary>Element-wise arithmetic of two tensors of one shape.</summary>
    internal static ProbeTensor Combine(this ProbeBuilder b, string type, ProbeTensor left, ProbeTensor right) =>
        b.Node(type, [left.Name, right.Name], [.. left.Shape]);

    /// <summary>Element-wise arithmetic with a constant of a shape that broadcasts.</summary>
    internal static ProbeTensor WithConstant(this ProbeBuilder b, string type, ProbeTensor x, params long[] shape) =>
        b.Node(type, [x.Name, b.Fill(1.1f, shape)], [.. x.Shape]);

    /// <summary>Pooling with a square window.</summary>
    internal static ProbeTensor Pool(this ProbeBuilder b, string type, ProbeTensor x, long kernel, long stride)
    {
        var rank = x.Shape.Count - 2;
        var pad = kernel / 2;
        var size = x.Shape.Skip(2).Select(n => (n + 2 * pad - kernel) / stride + 1).ToArray();
        return b.Node(type, [x.Name], [x.Shape[0], x.Channels, .. size], ("kernel_shape", Enumerable.Repeat(kernel, rank).ToArray()),
            ("strides", Enumerable.Repeat(stride, rank).ToArray()), ("pads", Enumerable.Repeat(pad, 2 * rank).ToArray()));
    }

    /// <summary>Pooling over the whole image.</summary>
    internal static ProbeTensor GlobalPool(this ProbeBuilder b, string type, ProbeTensor x) =>
        b.Node(type, [x.Name], [x.Shape[0], x.Channels, .. Enumerable.Repeat(1L, x.Shape.Count - 2)]);

    /// <summary>Concatenation along the channels.</summary>
    internal static ProbeTensor Concat(this ProbeBuilder b, params IReadOnlyList<ProbeTensor> parts)
    {
        var shape = parts[0].Shape.ToArray();
        shape[1] = parts.Sum(part => part.Channels);
        return b.Node("Concat", parts.Select(part => part.Name).ToList(), shape, ("axis", 1L));
    }

    /// <summary>Parts of the channels.</summary>
    internal static IReadOnlyList<ProbeTensor> Split(this ProbeBuilder b, ProbeTensor x, params long[] widths) =>
        b.NodeOf("Split", [x.Name, b.Integers(widths)],
            widths.Select(width => (long[])[x.Shape[0], width, .. x.Shape.Skip(2)]).ToList(), ("axis", 1L));

    /// <summary>A reshape to a known shape.</summary>
    internal static ProbeTensor Reshape(this ProbeBuilder b, ProbeTensor x, params long[] shape) =>
        b.Node("Reshape", [x.Name, b.Integers(shape)], shape);

    /// <summary>A transpose.</summary>
    internal static ProbeTensor Transpose(this ProbeBuilder b, ProbeTensor x, params long[] order) =>
        b.Node("Transpose", [x.Name], order.Select(axis => x.Shape[(int)axis]).ToArray(), ("perm", order));

    /// <summary>[rows, inner] by a constant [inner, columns], with bias.</summary>
    internal static ProbeTensor Gemm(this ProbeBuilder b, ProbeTensor x, long columns)
    {
        b.Count((double)x.Elements * columns);
        return b.Node("Gemm", [x.Name, b.Weights(x.Shape[1], columns, x.Shape[1]), b.Weights(1, columns)], [x.Shape[0], columns], ("transB", 1L));
    }

    /// <summary>[..., rows, inner] by a constant [inner, columns].</summary>
    internal static ProbeTensor MatMul(this ProbeBuilder b, ProbeTensor x, long columns)
    {
        b.Count((double)x.Elements * columns);
        return b.Node("MatMul", [x.Name, b.Weights(x.Shape[^1], x.Shape[^1], columns)], [.. x.Shape.SkipLast(1), columns]);
    }

    /// <summary>Products of two computed matrices: [..., rows, inner] by [..., inner, columns].</summary>
    internal static ProbeTensor MatMul(this ProbeBuilder b, ProbeTensor left, ProbeTensor right)
    {
        b.Count((double)left.Elements * right.Shape[^1]);
        return b.Node("MatMul", [left.Name, right.Name], [.. left.Shape.SkipLast(1), right.Shape[^1]]);
    }

    /// <summary>LSTM, GRU or RNN over [steps, batch, inputs]; returns [steps, batch, directions * hidden].</summary>
    internal static ProbeTensor Recurrent(this ProbeBuilder b, string type, ProbeTensor x, long hidden, long directions)
    {
        var gates = type == "LSTM" ? 4 : type == "GRU" ? 3 : 1;
        b.Count((double)directions * gates * hidden * (x.Shape[2] + hidden) * x.Shape[0] * x.Shape[1]);
        var attributes = new List<(string, object)> { ("hidden_size", hidden), ("direction", directions == 2 ? "bidirectional" : "forward") };
        if (type == "GRU" && b.Random.Chance(0.7)) attributes.Add(("linear_before_reset", 1L));
        var y = b.Node(type, [x.Name, b.Weights(x.Shape[2], directions, gates * hidden, x.Shape[2]),
            b.Weights(hidden, directions, gates * hidden, hidden), b.Weights(1, directions, 2 * gates * hidden)],
            [x.Shape[0], directions, x.Shape[1], hidden], [.. attributes]);
        if (directions == 1) return b.Node("Squeeze", [y.Name, b.Integers(1)], [x.Shape[0], x.Shape[1], hidden]);
        return b.Reshape(b.Transpose(y, 0, 2, 1, 3), x.Shape[0], x.Shape[1], directions * hidden);
    }

    /// <summary>An image made larger, as exporters write it in either of two ways.</summary>
    internal static ProbeTensor Enlarged(this ProbeBuilder b, ProbeTensor x, long height, long width, string mode)
    {
        (string, object)[] positions = b.Random.Chance(0.6)
            ? [("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")]
            : [("coordinate_transformation_mode", b.Random.Pick("asymmetric", "half_pixel"))];
        return b.Node("Resize", [x.Name, "", "", b.Integers(x.Shape[0], x.Channels, height, width)], [x.Shape[0], x.Channels, height, width], [("mode", mode), .. positions]);
    }

    private static ProbeTensor ClippedSum(this ProbeBuilder b, ProbeTensor x) =>
        b.Node("Clip", [b.Node("Add", [x.Name, b.Fill(3)], [.. x.Shape]).Name, b.Fill(0), b.Fill(6)], [.. x.Shape]);
}

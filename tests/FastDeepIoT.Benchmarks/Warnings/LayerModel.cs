using FastDeepIoT.Analyzers;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Probes;

namespace FastDeepIoT.Benchmarks;

/// <summary>A constructed layer as an ONNX model: alone, or in the company of a small layer before and after it.</summary>
internal static class LayerModel
{
    private const long CompanyWidth = 16;

    /// <summary>The model; null for layers that nobody exports as one operator.</summary>
    internal static ModelProto? Of(LayerShape shape, IReadOnlyList<long> size, bool inCompany) => shape switch
    {
        ConvolutionLayer convolution => Convolution(convolution, Over(convolution.Kernel.Count, size), inCompany),
        LinearLayer linear => Linear(linear, size.Aggregate(1L, (product, axis) => product * axis), inCompany),
        RecurrentLayer { Stacked: 1 } recurrent => Recurrent(recurrent, recurrent.IsCell ? 1 : size.Aggregate(1L, (product, axis) => product * axis)),
        _ => null,
    };

    private static ModelProto Convolution(ConvolutionLayer layer, IReadOnlyList<long> size, bool inCompany)
    {
        var builder = new ProbeBuilder(new ProbeRandom(1));
        var x = builder.Input([1, inCompany ? CompanyWidth : layer.Inputs, .. size]);
        if (inCompany) x = builder.Unary("Relu", builder.Conv(x, layer.Inputs, 1));
        var kernel = layer.Kernel.ToArray();
        var fanIn = layer.Inputs / layer.Groups * kernel.Aggregate(1L, (product, axis) => product * axis);
        long[] weights = layer.Transposed ? [layer.Inputs, layer.Outputs / layer.Groups, .. kernel] : [layer.Outputs, layer.Inputs / layer.Groups, .. kernel];
        var pads = layer.KeepsSize ? kernel.Select((axis, i) => layer.Dilations[i] * (axis - 1) / 2).ToArray() : layer.Padding.ToArray();
        (string, object)[] attributes =
        [
            ("kernel_shape", kernel), ("group", layer.Groups), ("strides", layer.Strides.ToArray()), ("dilations", layer.Dilations.ToArray()),
            ("pads", pads.Concat(pads).ToArray()),
        ];
        if (layer.Transposed) attributes = [.. attributes, ("output_padding", layer.OutputPadding.ToArray())];
        x = builder.Node(layer.Transposed ? "ConvTranspose" : "Conv", [x.Name, builder.Weights(fanIn, weights), builder.Weights(1, layer.Outputs)],
            [1, layer.Outputs, .. layer.OutputSize(size)!], attributes);
        x = builder.Unary("Relu", x);
        if (inCompany) builder.Conv(x, CompanyWidth, 1);
        return builder.Build();
    }

    private static ModelProto Linear(LinearLayer layer, long rows, bool inCompany)
    {
        var builder = new ProbeBuilder(new ProbeRandom(1));
        var x = builder.Input(rows, inCompany ? CompanyWidth : layer.Inputs);
        if (inCompany) x = builder.Unary("Relu", Product(x, layer.Inputs));
        x = builder.Unary("Relu", Product(x, layer.Outputs));
        if (inCompany) Product(x, CompanyWidth);
        return builder.Build();

        ProbeTensor Product(ProbeTensor from, long to) => builder.Node(
            "Gemm", [from.Name, builder.Weights(from.Channels, to, from.Channels), builder.Weights(1, to)], [rows, to], ("transB", 1L));
    }

    private static ModelProto Recurrent(RecurrentLayer layer, long steps)
    {
        var gates = layer.Kind switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        var (d, h) = (layer.Directions, layer.Hidden);
        var builder = new ProbeBuilder(new ProbeRandom(1));
        var x = builder.Input(steps, 1, layer.Inputs);
        (string, object)[] attributes = [("hidden_size", h), ("direction", d == 2 ? "bidirectional" : "forward")];
        if (layer.Kind == "GRU") attributes = [.. attributes, ("linear_before_reset", 1L)];
        builder.Node(layer.Kind, [x.Name, builder.Weights(layer.Inputs, d, gates * h, layer.Inputs), builder.Weights(h, d, gates * h, h), builder.Weights(1, d, 2 * gates * h)],
            [steps, d, 1, h], attributes);
        return builder.Build();
    }

    private static IReadOnlyList<long> Over(int rank, IReadOnlyList<long> size) => size.Count == rank ? size : [.. Enumerable.Repeat(size[0], rank)];
}

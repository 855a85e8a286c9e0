namespace FastDeepIoT.Benchmarks.Families;

internal sealed partial class Net
{
    // Variance that keeps signals at size through a rectifier (He et al. 2015); less where a branch ends and is added to its input.
    private const double RectifiedGain = 2;
    private const double BranchGain = 0.3;
    private const double BiasDeviation = 0.05;

    /// <summary>A convolution with bias.</summary>
    internal Tensor Conv(Tensor x, long width, Window window, double gain = 1) => Conv(x, width, window, gain, bias: true);

    /// <summary>A convolution, batch normalization (folded in unless the style keeps it) and an activation.</summary>
    internal Tensor ConvNorm(Tensor x, long width, Window window, Func<Tensor, Tensor>? activation = null)
    {
        var y = Conv(x, width, window, activation is null ? BranchGain : RectifiedGain, bias: !style.KeepsNormalization);
        if (style.KeepsNormalization) y = BatchNorm(y);
        return activation is null ? y : activation(y);
    }

    /// <summary>A depthwise convolution, batch normalization and an activation.</summary>
    internal Tensor Depthwise(Tensor x, Window window, Func<Tensor, Tensor>? activation = null) =>
        ConvNorm(x, x.Channels, window with { Groups = x.Channels }, activation);

    /// <summary>Squeeze-and-excitation: channels scaled by what their means say.</summary>
    internal Tensor SqueezeExcite(Tensor x, long squeezed, Func<Tensor, Tensor> gate)
    {
        var y = Relu(Conv(GlobalPool(x), squeezed, 1, RectifiedGain));
        return Mul(x, gate(Conv(y, x.Channels, 1)));
    }

    /// <summary>A transposed convolution that multiplies sizes by its stride.</summary>
    internal Tensor ConvTranspose(Tensor x, long width, int kernel, int stride)
    {
        var axes = x.Spatial.Length;
        var (pad, extra) = ((kernel - stride + 1) / 2, (kernel - stride) % 2 != 0 ? 1 : 0);
        var kernels = Enumerable.Repeat((long)kernel, axes).ToArray();
        var fan = x.Channels * Math.Pow((double)kernel / stride, axes);
        var weights = Weights(Math.Sqrt(RectifiedGain / fan), [x.Channels, width, .. kernels]);
        var attributes = new List<(string, object)>
        {
            ("dilations", Repeat(1, axes)), ("group", 1), ("kernel_shape", kernels), ("pads", Repeat(pad, 2 * axes)), ("strides", Repeat(stride, axes)),
        };
        if (extra > 0) attributes.Add(("output_padding", Repeat(extra, axes)));
        return Node("ConvTranspose", [x.Shape[0], width, .. x.Spatial.Select(size => size * stride)],
            [x, weights, Weights(BiasDeviation, [width])], [.. attributes]);
    }

    internal Tensor MaxPool(Tensor x, Window window) => Pool("MaxPool", x, window);

    internal Tensor AveragePool(Tensor x, Window window) => Pool("AveragePool", x, window, ("count_include_pad", style.IsTensorFlow ? 0 : 1));

    /// <summary>The mean of every channel, spatial axes kept at 1.</summary>
    internal Tensor GlobalPool(Tensor x) => style.PoolsByMean
        ? Mean(x, keep: true, [.. Enumerable.Range(2, x.Spatial.Length).Select(axis => (long)axis)])
        : Node("GlobalAveragePool", [x.Shape[0], x.Channels, .. Repeat(1, x.Spatial.Length)], [x]);

    private Tensor Conv(Tensor x, long width, Window window, double gain, bool bias)
    {
        var (kernel, stride, pads) = window.Over(x.Spatial, style.IsTensorFlow);
        var fan = x.Channels / window.Groups * kernel.Aggregate(1L, (product, size) => product * size);
        var weights = Weights(Math.Sqrt(gain / fan), [width, x.Channels / window.Groups, .. kernel]);
        return Node("Conv", [x.Shape[0], width, .. window.Output(x.Spatial, style.IsTensorFlow)],
            bias ? [x, weights, Weights(BiasDeviation, [width])] : [x, weights],
            ("dilations", Repeat(window.Dilation, kernel.Length)), ("group", window.Groups), ("kernel_shape", kernel), ("pads", pads), ("strides", stride));
    }

    private Tensor Pool(string op, Tensor x, Window window, params (string, object)[] more)
    {
        var (kernel, stride, pads) = window.Over(x.Spatial, style.IsTensorFlow);
        if (window.Edge == Edge.Ceiling) more = [.. more, ("ceil_mode", 1)];
        return Node(op, [x.Shape[0], x.Channels, .. window.Output(x.Spatial, style.IsTensorFlow)], [x],
            [("kernel_shape", kernel), ("pads", pads), ("strides", stride), .. more]);
    }

    private static long[] Repeat(long value, int times) => [.. Enumerable.Repeat(value, times)];
}

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>What happens at the edges of an image.</summary>
internal enum Edge
{
    /// <summary>Padded as the exporter's framework does to keep the size: torch equally on both sides, TensorFlow more at the end.</summary>
    Same,

    /// <summary>Not padded.</summary>
    Valid,

    /// <summary>Not padded; a last window that hangs over the edge counts (pooling only).</summary>
    Ceiling,
}

/// <summary>The window of a convolution or a pooling; a single size counts for every axis.</summary>
internal sealed record Window(params int[] Kernel)
{
    internal int[] Stride { get; init; } = [1];

    internal int Dilation { get; init; } = 1;

    internal long Groups { get; init; } = 1;

    internal Edge Edge { get; init; }

    internal static Window Of(int kernel, int stride = 1, long groups = 1) => new(kernel) { Stride = [stride], Groups = groups };

    public static implicit operator Window(int kernel) => new(kernel);

    /// <summary>Kernel, stride and pads (all begins, then all ends) over some axes.</summary>
    internal (long[] Kernel, long[] Stride, long[] Pads) Over(long[] spatial, bool likeTensorFlow)
    {
        var kernel = spatial.Select((_, i) => (long)Kernel[Kernel.Length == 1 ? 0 : i]).ToArray();
        var stride = spatial.Select((_, i) => (long)Stride[Stride.Length == 1 ? 0 : i]).ToArray();
        var (begins, ends) = (new long[spatial.Length], new long[spatial.Length]);
        for (var i = 0; i < spatial.Length && Edge == Edge.Same; i++)
        {
            var reach = (kernel[i] - 1) * Dilation;
            var total = likeTensorFlow ? Math.Max(0, ((spatial[i] + stride[i] - 1) / stride[i] - 1) * stride[i] + reach + 1 - spatial[i]) : reach / 2 * 2;
            (begins[i], ends[i]) = (total / 2, total - total / 2);
        }

        return (kernel, stride, [.. begins, .. ends]);
    }

    /// <summary>Sizes of the output.</summary>
    internal long[] Output(long[] spatial, bool likeTensorFlow)
    {
        var (kernel, stride, pads) = Over(spatial, likeTensorFlow);
        return [.. spatial.Select((size, i) =>
        {
            var room = size + pads[i] + pads[i + spatial.Length] - (kernel[i] - 1) * Dilation - 1;
            return (Edge == Edge.Ceiling ? (room + stride[i] - 1) / stride[i] : room / stride[i]) + 1;
        })];
    }
}

namespace FastDeepIoT.Optimization;

/// <summary>Fits the kernels of a depthwise convolution, one least-squares problem a channel.</summary>
internal sealed class DepthwiseFit(int channels, int kernel)
{
    private readonly Moments[] _moments = [.. Enumerable.Range(0, channels).Select(_ => new Moments(kernel, 1))];

    /// <summary>Adds rows of windows and of the outputs wanted.</summary>
    internal void Add(float[] x, float[] y, int rows) => Parallel.For(0, channels, channel =>
    {
        for (var row = 0; row < rows; row++) _moments[channel].Add(x.AsSpan((row * channels + channel) * kernel, kernel), y[row * channels + channel]);
    });

    /// <summary>The fitted kernels and bias.</summary>
    internal (RowMatrix Weights, double[] Bias) Solve(RowMatrix start)
    {
        var weights = RowMatrix.Zero(start.Rows, start.Columns);
        var bias = new double[start.Rows];
        for (var channel = 0; channel < channels; channel++)
        {
            var (fitted, summand) = SiteFit.Dense(_moments[channel], new RowMatrix(1, kernel, start.Row(channel).ToArray()), [0], centered: true);
            fitted.Row(0).CopyTo(weights.Row(channel));
            bias[channel] = summand[0];
        }

        return (weights, bias);
    }
}

namespace FastDeepIoT.Optimization;

/// <summary>Fits the kernels of a depthwise convolution, one least-squares problem a channel, as <see cref="DenseFit"/> fits all outputs together.</summary>
internal sealed class DepthwiseFit(SiteTail tail, IReadOnlyList<FitBatch> batches, int rounds)
{
    /// <summary>The fitted kernels and bias.</summary>
    /// <param name="start">The kernels without repair, a channel a row.</param>
    /// <param name="bias">The bias without repair.</param>
    internal (RowMatrix Weights, double[] Bias) Solve(RowMatrix start, double[] bias)
    {
        var (weights, summands) = (RowMatrix.Zero(start.Rows, start.Columns), new double[start.Rows]);
        Parallel.For(0, start.Rows, channel =>
        {
            var rows = new Rows(batches, channel, start.Rows, start.Columns);
            var own = new RowMatrix(1, start.Columns, start.Row(channel).ToArray());
            var covariance = rows.Moments.Covariance(centered: true);
            var ridge = new Ridge(covariance, start.Columns, SiteFit.UsualStrength);
            var fit = SiteFit.Solve(rows.Moments, covariance, ridge, own, [bias[channel]], centered: true);
            for (var round = 0; tail.CutsOff && round < rounds; round++)
                fit = SiteFit.Solve(rows.Again(tail, fit), covariance, ridge, own, [bias[channel]], centered: true);
            fit.Weights.Row(0).CopyTo(weights.Row(channel));
            summands[channel] = fit.Bias[0];
        });
        return (weights, summands);
    }

    /// <summary>The windows of one channel.</summary>
    private sealed class Rows
    {
        private readonly int _kernel;
        private readonly float[] _features, _sums, _addends;

        internal Rows(IReadOnlyList<FitBatch> batches, int channel, int channels, int kernel)
        {
            var count = batches.Sum(batch => batch.Rows);
            (_kernel, _features, _sums, _addends) = (kernel, new float[count * kernel], new float[count], new float[count]);
            var at = 0;
            foreach (var batch in batches)
                for (var row = 0; row < batch.Rows; row++, at++)
                {
                    batch.Features.AsSpan((row * channels + channel) * kernel, kernel).CopyTo(_features.AsSpan(at * kernel));
                    _sums[at] = batch.Sums[row * channels + channel];
                    _addends[at] = batch.Addend is null ? 0 : batch.Addend[row * channels + channel];
                }

            Moments = new Moments(kernel, 1);
            for (var row = 0; row < count; row++) Moments.Add(Features(row), _sums[row] - _addends[row]);
        }

        internal Moments Moments { get; }

        internal Moments Again(SiteTail tail, (RowMatrix Weights, double[] Bias) fit)
        {
            var again = Moments.WithoutOutputs();
            var weights = fit.Weights.Values.Select(value => (float)value).ToArray();
            for (var row = 0; row < _sums.Length; row++)
            {
                var now = (float)fit.Bias[0] + System.Numerics.Tensors.TensorPrimitives.Dot<float>(Features(row), weights);
                again.AddOutput(Features(row), tail.Wanted(now + _addends[row], _sums[row]) - _addends[row]);
            }

            return again;
        }

        private ReadOnlySpan<float> Features(int row) => _features.AsSpan(row * _kernel, _kernel);
    }
}

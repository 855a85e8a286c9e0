using System.Numerics.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>Fits the weights and bias of a site so that it gives what it gave, from the features it now sees.</summary>
internal static class SiteFit
{
    /// <summary>How strongly weights are pulled towards what they were, so that few samples cannot mislead a fit of many of them.</summary>
    internal const double UsualStrength = 3e-3;

    /// <summary>The fitted weights and bias of a site that sums over all its features.</summary>
    /// <param name="moments">Of the features now and the outputs wanted.</param>
    /// <param name="start">The weights without repair, outputs by features.</param>
    /// <param name="bias">The bias without repair.</param>
    /// <param name="centered">Whether there is a bias to fit.</param>
    internal static (RowMatrix Weights, double[] Bias) Dense(Moments moments, RowMatrix start, double[] bias, bool centered)
    {
        var covariance = moments.Covariance(centered);
        return Solve(moments, covariance, new Ridge(covariance, start.Columns, UsualStrength), start, bias, centered);
    }

    /// <summary>As the other, with a system that is factored already.</summary>
    internal static (RowMatrix Weights, double[] Bias) Solve(Moments moments, double[] covariance, Ridge ridge, RowMatrix start, double[] bias, bool centered)
    {
        var weights = ridge.Solve(Residual(moments, covariance, start, bias, centered));
        TensorPrimitives.Add<double>(weights.Values, start.Values, weights.Values);
        return (weights, centered ? BiasOf(moments, weights) : bias);
    }

    // What the outputs still lack, as products with the features.
    private static RowMatrix Residual(Moments moments, double[] covariance, RowMatrix start, double[] bias, bool centered)
    {
        var scale = 1.0 / Math.Max(1, moments.Rows);
        var right = RowMatrix.Zero(start.Rows, start.Columns);
        Parallel.For(0, start.Rows, output =>
        {
            for (var feature = 0; feature < start.Columns; feature++)
            {
                var wanted = moments.Cross[feature * moments.Outputs + output] * scale;
                var mean = moments.Sums[feature] * scale * (centered ? moments.OutputSums[output] * scale : bias[output]);
                right[output, feature] = wanted - mean - TensorPrimitives.Dot<double>(covariance.AsSpan(feature * start.Columns, start.Columns), start.Row(output));
            }
        });
        return right;
    }

    private static double[] BiasOf(Moments moments, RowMatrix weights)
    {
        var scale = 1.0 / Math.Max(1, moments.Rows);
        var bias = new double[weights.Rows];
        for (var output = 0; output < weights.Rows; output++)
            bias[output] = moments.OutputSums[output] * scale - TensorPrimitives.Dot<double>(weights.Row(output), moments.Sums) * scale;
        return bias;
    }
}

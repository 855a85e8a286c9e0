using System.Numerics.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>
/// How far a model's outputs are from the original's, in a number that grows with every error and tells small ones apart, which counts of
/// changed answers do not: for scores of classes the Kullback-Leibler divergence of their distributions in nats, otherwise the mean square
/// of the difference as a share of the outputs' variance. Small errors from several places add up in both.
/// </summary>
internal static class Divergence
{
    private const double SmallestProbability = 1e-9;

    /// <summary>The divergence; infinite when the outputs cannot be compared.</summary>
    internal static double Of(ModelOutputs original, ModelOutputs other)
    {
        if (other.Samples != original.Samples || other.PerSample != original.PerSample || original.Samples == 0) return double.PositiveInfinity;

        var divergence = original.IsScores ? OfScores(original, other) : other.SquareErrorFrom(original);
        return double.IsFinite(divergence) ? Math.Max(0, divergence) : double.PositiveInfinity;
    }

    private static double OfScores(ModelOutputs original, ModelOutputs other)
    {
        var (areProbabilities, classes, sum) = (AreProbabilities(original), original.PerSample, 0.0);
        double[] p = new double[classes], q = new double[classes];
        for (var sample = 0; sample < original.Samples; sample++)
        {
            Fill(original.Values.AsSpan(sample * classes, classes), areProbabilities, p);
            Fill(other.Values.AsSpan(sample * classes, classes), areProbabilities, q);
            for (var index = 0; index < classes; index++)
                if (p[index] > 0) sum += p[index] * (Math.Log(p[index]) - Math.Log(Math.Max(SmallestProbability, q[index])));
        }

        return sum / original.Samples;
    }

    private static void Fill(ReadOnlySpan<float> scores, bool areProbabilities, double[] to)
    {
        TensorPrimitives.ConvertChecked(scores, to.AsSpan());
        if (areProbabilities) TensorPrimitives.Max(to, 0, to);
        else TensorPrimitives.SoftMax<double>(to, to);
    }

    private static bool AreProbabilities(ModelOutputs outputs)
    {
        for (var sample = 0; sample < outputs.Samples; sample++)
        {
            var scores = outputs.Values.AsSpan(sample * outputs.PerSample, outputs.PerSample);
            if (TensorPrimitives.Min<float>(scores) < 0 || Math.Abs(TensorPrimitives.Sum<float>(scores) - 1) > 1e-3) return false;
        }

        return true;
    }
}

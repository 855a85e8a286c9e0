using System.Numerics.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Fits a site to rows of what it sees now. How strongly the weights are held to what they were is chosen by rows kept apart, and outputs that
/// an activation cuts off are left where they are instead of being fitted: after each solution they are set to what costs least, and the
/// same system is solved again (majorization of the error behind the activation; for ReLU as Zhang et al. 2016, arXiv 1505.06798).
/// </summary>
internal sealed class DenseFit(RuntimeProduct product, SiteTail tail, IReadOnlyList<FitBatch> batches, int rounds)
{
    /// <summary>How often outputs that an activation cuts off are set to what costs least: later rounds change little.</summary>
    internal const int Rounds = 4;

    // One batch in so many is kept apart.
    private const int HeldOut = 5;

    private static readonly double[] Strengths = [1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>The fitted weights and bias.</summary>
    /// <param name="start">The weights without repair, outputs by features.</param>
    /// <param name="bias">The bias without repair.</param>
    /// <param name="centered">Whether there is a bias to fit.</param>
    internal (RowMatrix Weights, double[] Bias) Solve(RowMatrix start, double[] bias, bool centered)
    {
        var held = Sum(batches.Where((_, index) => IsHeldOut(index)), start);
        var moments = Sum(batches.Where((_, index) => !IsHeldOut(index)), start);
        var strength = held.Rows == 0 ? SiteFit.UsualStrength : BestStrength(moments, held, start, bias, centered);
        moments.Add(held);
        var covariance = moments.Covariance(centered);
        var ridge = new Ridge(covariance, start.Columns, strength);
        var fit = SiteFit.Solve(moments, covariance, ridge, start, bias, centered);
        for (var round = 0; tail.CutsOff && round < rounds; round++)
            fit = SiteFit.Solve(Again(moments, fit), covariance, ridge, start, bias, centered);
        return fit;
    }

    private static bool IsHeldOut(int batch) => batch % HeldOut == HeldOut - 1;

    private Moments Sum(IEnumerable<FitBatch> some, RowMatrix start)
    {
        var moments = new Moments(start.Columns, start.Rows);
        foreach (var batch in some) moments.Add(product, batch.Features, batch.Outputs(), batch.Rows);
        return moments;
    }

    private static double BestStrength(Moments moments, Moments held, RowMatrix start, double[] bias, bool centered)
    {
        var covariance = moments.Covariance(centered);
        return Strengths.MinBy(strength =>
            held.ErrorOf(SiteFit.Solve(moments, covariance, new Ridge(covariance, start.Columns, strength), start, bias, centered)));
    }

    // The same features with what the outputs had best be, given what they are now.
    private Moments Again(Moments moments, (RowMatrix Weights, double[] Bias) fit)
    {
        var again = moments.WithoutOutputs();
        var weights = fit.Weights.Values.Select(value => (float)value).ToArray();
        var bias = fit.Bias.Select(value => (float)value).ToArray();
        foreach (var batch in batches)
        {
            var now = product.TimesTransposed(batch.Features, batch.Rows, weights, fit.Weights.Rows, fit.Weights.Columns);
            for (var row = 0; row < batch.Rows; row++) TensorPrimitives.Add(now.AsSpan(row * bias.Length, bias.Length), bias, now.AsSpan(row * bias.Length, bias.Length));
            again.AddOutputs(product, batch.Features, batch.Outputs(tail, now), batch.Rows);
        }

        return again;
    }
}

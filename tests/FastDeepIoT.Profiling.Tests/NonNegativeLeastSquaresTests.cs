using FastDeepIoT.Profiling.Learning;

namespace FastDeepIoT.Profiling.Tests;

public sealed class NonNegativeLeastSquaresTests
{
    [Fact]
    public void Recovers_coefficients_that_are_not_negative()
    {
        var random = new Random(7);
        double[] truth = [2, 0, 0.5, 3];
        Assert.All(Fit(random, truth).Zip(truth), pair => Assert.Equal(pair.Second, pair.First, 6));
    }

    [Fact]
    public void A_coefficient_that_would_be_negative_becomes_zero_and_the_others_make_up_for_it()
    {
        var random = new Random(8);
        var fitted = Fit(random, [1, -1, 2]);
        Assert.Equal(0, fitted[1]);
        Assert.All(fitted, coefficient => Assert.True(coefficient >= 0));
    }

    [Fact]
    public void Equal_columns_do_not_upset_it()
    {
        var sums = new NormalEquations(2);
        for (var i = 1; i < 20; i++) sums.Add([i, i], 3 * i);
        var fitted = sums.Solve();
        Assert.Equal(3, fitted.Sum(), 6);
    }

    private static double[] Fit(Random random, double[] truth)
    {
        var sums = new NormalEquations(truth.Length);
        for (var i = 0; i < 200; i++)
        {
            var row = truth.Select(_ => random.NextDouble()).ToArray();
            sums.Add(row, NormalEquations.Dot(row, truth));
        }

        return sums.Solve();
    }
}

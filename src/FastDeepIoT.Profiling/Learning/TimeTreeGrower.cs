using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Grows a tree of regressions (FastDeepIoT, section 4.2): greedily the question whose two answers, each with a regression of its own,
/// explain the times best; kept only where it predicts networks better that the regressions did not see.
/// </summary>
internal sealed class TimeTreeGrower(SampleTable table)
{
    private const double LeastHeldOutGain = 0.02;
    private const int FewestSamples = 14;
    private const int DeepestTree = 7;
    private const double ErrorLimit = 1.0;

    internal Tree<Regression> Grow()
    {
        var all = table.All;
        return Grow(all, Explain(all, TermSet.Basic(table.Family)), depth: 0);
    }

    private Tree<Regression> Grow(int[] samples, Explanation here, int depth)
    {
        if (depth >= DeepestTree || samples.Length < 2 * FewestSamples) return Leaf(samples, here.Terms);
        if (new SplitSearch(table, here.Terms, FewestSamples).Best(samples) is not { } condition) return Leaf(samples, here.Terms);

        var yes = samples.Where(sample => condition.Holds(table.Values[sample])).ToArray();
        var no = samples.Where(sample => !condition.Holds(table.Values[sample])).ToArray();
        var (explainedYes, explainedNo) = (Explain(yes, here.Terms), Explain(no, here.Terms));
        var apart = (explainedYes.HeldOutError * yes.Length + explainedNo.HeldOutError * no.Length) / samples.Length;
        return apart > here.HeldOutError * (1 - LeastHeldOutGain)
            ? Leaf(samples, here.Terms)
            : new Tree<Regression>(condition, Grow(yes, explainedYes, depth + 1), Grow(no, explainedNo, depth + 1));
    }

    /// <summary>The terms that predict these samples best when held out: those of the node above, or staircases of their own.</summary>
    private Explanation Explain(int[] samples, TermSet inherited)
    {
        var own = StaircaseSearch.Find(table, samples);
        var (inheritedError, ownError) = (HeldOutError(samples, inherited), HeldOutError(samples, own));
        return ownError < inheritedError ? new Explanation(own, ownError) : new Explanation(inherited, inheritedError);
    }

    private sealed record Explanation(TermSet Terms, double HeldOutError);

    private double HeldOutError(IReadOnlyList<int> samples, TermSet terms) =>
        HeldOutRatios(samples, terms).Select(ratio => Math.Min(ErrorLimit, Math.Abs(ratio.Error))).DefaultIfEmpty(ErrorLimit).Average();

    private IEnumerable<(double Ratio, double Error)> HeldOutRatios(IReadOnlyList<int> samples, TermSet terms)
    {
        foreach (var (learn, judge) in Folds.Split(table, samples))
        {
            if (judge.Length == 0 || learn.Length == 0) continue;
            var fitted = terms.Fit(table, learn);
            foreach (var sample in judge)
            {
                var predicted = fitted.Sum(term => term.NanosecondsPerUnit * term.Amount(table.Values[sample]));
                var measured = table.Nanoseconds[sample];
                yield return (predicted > 0 ? measured / predicted : 1, (predicted - measured) * table.Weights[sample]);
            }
        }
    }

    private Tree<Regression> Leaf(int[] samples, TermSet terms)
    {
        var ratios = HeldOutRatios(samples, terms).Select(held => held.Ratio).ToList();
        return new Tree<Regression>(new Regression
        {
            Terms = terms.Fit(table, samples),
            Samples = samples.Length,
            LowRatio = Math.Clamp(Quantile.Of(ratios, 0.1), 0, 1),
            HighRatio = Math.Max(1, Quantile.Of(ratios, 0.9)),
            Minimum = Column(samples, Enumerable.Min),
            Maximum = Column(samples, Enumerable.Max),
        });
    }

    private List<double> Column(int[] samples, Func<IEnumerable<double>, double> of) =>
        Enumerable.Range(0, table.Family.Descriptors.Count).Select(i => of(samples.Select(sample => table.Values[sample][i]))).ToList();
}

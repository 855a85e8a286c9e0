using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Grows a tree of regressions (FastDeepIoT, section 4.2): greedily the question whose two answers, each with a regression of its own,
/// explain the times best; kept only where it predicts networks better that the regressions did not see.
/// </summary>
internal sealed class TimeTreeGrower(SampleTable table)
{
    private const double LeastGain = 0.04;
    private const int FewestSamples = 100;
    private const int FewestToJudge = 20;
    private const int DeepestTree = 3;

    /// <summary>The tree.</summary>
    internal Tree<TimeLeaf> Grow() => Grow(table.All, RegressionLearner.Judge(table, table.All), depth: 0);

    private Tree<TimeLeaf> Grow(int[] samples, double error, int depth)
    {
        if (depth >= DeepestTree || samples.Length < 2 * FewestSamples) return Leaf(RegressionLearner.Learn(table, samples));
        if (new SplitSearch(table, TermSet.Basic(table.Family).Used(table, samples), FewestSamples).Best(samples) is not { } condition)
            return Leaf(RegressionLearner.Learn(table, samples));

        var yes = samples.Where(sample => condition.Holds(table.Values[sample])).ToArray();
        var no = samples.Where(sample => !condition.Holds(table.Values[sample])).ToArray();
        var (errorYes, errorNo) = (RegressionLearner.Judge(table, yes), RegressionLearner.Judge(table, no));
        return errorYes * yes.Length + errorNo * no.Length <= error * samples.Length * (1 - LeastGain)
            ? new Tree<TimeLeaf>(condition, Grow(yes, errorYes, depth + 1), Grow(no, errorNo, depth + 1))
            : Leaf(RegressionLearner.Learn(table, samples));
    }

    private Tree<TimeLeaf> Leaf(LearnedRegression here)
    {
        var ratios = Ratios(here, sample => table.Matters[sample]);
        if (ratios.Count < FewestToJudge) ratios = Ratios(here, _ => true);
        var regression = new Regression
        {
            Terms = here.Terms,
            Samples = here.Samples.Length,
            LowRatio = ratios.Count == 0 ? 0 : Math.Clamp(Quantile.Of(ratios, 0.1), 0, 1),
            HighRatio = ratios.Count == 0 ? 2 : Math.Max(1, Quantile.Of(ratios, 0.9)),
            Minimum = Column(here.Samples, Enumerable.Min),
            Maximum = Column(here.Samples, Enumerable.Max),
        };
        return new Tree<TimeLeaf>(new TimeLeaf(regression, Enumerable.Range(0, Folds.Count)
            .Select(fold => here.TermsWithout.TryGetValue(fold, out var terms) ? regression with { Terms = terms } : regression).ToList()));
    }

    private List<double> Ratios(LearnedRegression here, Func<int, bool> counts) => here.HeldOut
        .Where(pair => counts(pair.Key) && pair.Value > 0).Select(pair => table.Nanoseconds[pair.Key] / pair.Value).ToList();

    private List<double> Column(int[] samples, Func<IEnumerable<double>, double> of) =>
        Enumerable.Range(0, table.Family.Descriptors.Count).Select(i => of(samples.Select(sample => table.Values[sample][i]))).ToList();
}

/// <summary>What a leaf learned.</summary>
/// <param name="Regression">From all samples.</param>
/// <param name="Without">From all but one fold, by fold.</param>
internal sealed record TimeLeaf(Regression Regression, IReadOnlyList<Regression> Without);

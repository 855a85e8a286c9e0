using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Grows a tree of regressions (FastDeepIoT, section 4.2): greedily the question whose two answers, each with a regression of its own,
/// explain the times best; kept only where it predicts networks better that the regressions did not see.
/// </summary>
internal sealed class TimeTreeGrower(SampleTable table)
{
    private const double LeastGainOfRange = 0.02;

    // There are many more multiples than ranges to choose from, so one is more likely to look good by chance.
    private const double LeastGainOfMultiple = 0.05;
    private const int FewestSamples = 20;
    private const int DeepestTree = 7;
    private const double ErrorLimit = 1.0;

    internal Tree<Regression> Grow() => Grow(Explain(table.All, TermSet.Basic(table.Family), []), depth: 0);

    private Tree<Regression> Grow(Explanation here, int depth)
    {
        if (depth >= DeepestTree || here.Samples.Length < 2 * FewestSamples) return Leaf(here);
        if (new SplitSearch(table, here.Terms.Used(table, here.Samples), FewestSamples).Best(here.Samples) is not { } condition) return Leaf(here);

        var yes = Explain(here.Samples.Where(sample => condition.Holds(table.Values[sample])).ToArray(), here.Terms, here.Samples);
        var no = Explain(here.Samples.Where(sample => !condition.Holds(table.Values[sample])).ToArray(), here.Terms, here.Samples);
        var apart = (yes.HeldOutError * yes.Samples.Length + no.HeldOutError * no.Samples.Length) / here.Samples.Length;
        var worthwhile = apart <= here.HeldOutError * (1 - (condition.IsMultiple ? LeastGainOfMultiple : LeastGainOfRange));
        return worthwhile ? new Tree<Regression>(condition, Grow(yes, depth + 1), Grow(no, depth + 1)) : Leaf(here);
    }

    /// <summary>The terms that predict these samples best when held out: those of the node above, or staircases of their own.</summary>
    private Explanation Explain(int[] samples, TermSet inherited, int[] background)
    {
        var own = StaircaseSearch.Find(table, samples);
        var (inheritedError, ownError) = (HeldOutError(samples, inherited, background), HeldOutError(samples, own, background));
        return ownError < inheritedError
            ? new Explanation(samples, background, own, ownError)
            : new Explanation(samples, background, inherited, inheritedError);
    }

    private double HeldOutError(int[] samples, TermSet terms, int[] background) =>
        HeldOut(samples, terms, background).Select(held => Math.Min(ErrorLimit, Math.Abs(held.Error))).DefaultIfEmpty(ErrorLimit).Average();

    private IEnumerable<(double Ratio, double Error, bool Matters)> HeldOut(int[] samples, TermSet terms, int[] background)
    {
        for (var fold = 0; fold < Folds.Count; fold++)
        {
            var judge = samples.Where(sample => Folds.Of(table.Networks[sample]) == fold).ToArray();
            var learn = samples.Where(sample => Folds.Of(table.Networks[sample]) != fold).ToArray();
            if (judge.Length == 0 || learn.Length == 0) continue;
            var fitted = terms.Fit(table, learn, background.Where(sample => Folds.Of(table.Networks[sample]) != fold).ToArray());
            foreach (var sample in judge)
            {
                var predicted = fitted.Sum(term => term.NanosecondsPerUnit * term.Amount(table.Values[sample]));
                var measured = table.Nanoseconds[sample];
                yield return (predicted > 0 ? measured / predicted : 1, (predicted - measured) * table.Weights[sample], table.Matters[sample]);
            }
        }
    }

    private Tree<Regression> Leaf(Explanation here)
    {
        var held = HeldOut(here.Samples, here.Terms, here.Background).ToList();
        var ratios = held.Where(sample => sample.Matters).Select(sample => sample.Ratio).ToList();
        if (ratios.Count < FewestSamples) ratios = held.Select(sample => sample.Ratio).ToList();
        return new Tree<Regression>(new Regression
        {
            Terms = here.Terms.Fit(table, here.Samples, here.Background),
            Samples = here.Samples.Length,
            LowRatio = Math.Clamp(Quantile.Of(ratios, 0.1), 0, 1),
            HighRatio = Math.Max(1, Quantile.Of(ratios, 0.9)),
            Minimum = Column(here.Samples, Enumerable.Min),
            Maximum = Column(here.Samples, Enumerable.Max),
        });
    }

    private List<double> Column(int[] samples, Func<IEnumerable<double>, double> of) =>
        Enumerable.Range(0, table.Family.Descriptors.Count).Select(i => of(samples.Select(sample => table.Values[sample][i]))).ToList();

    private sealed record Explanation(int[] Samples, int[] Background, TermSet Terms, double HeldOutError);
}

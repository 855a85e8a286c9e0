using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Learns one regression from samples. How many terms it may have is decided by samples held out: each fold in turn is predicted from terms
/// found without it, and the number with the least error wins.
/// </summary>
internal static class RegressionLearner
{
    private const int MostTerms = 28;
    private const int TermsToCompare = 8;
    private const int SamplesPerTerm = 6;
    private const double ErrorLimit = 1.0;

    // Fewer terms are taken for as good as more when their error is this close.
    private const double AsGood = 1.003;

    /// <summary>The regression, and what every sample was predicted to take without its own fold.</summary>
    internal static LearnedRegression Learn(SampleTable table, int[] samples)
    {
        // Layers that take next to no time do not earn terms of their own.
        var most = Math.Min(MostTerms, samples.Count(sample => table.Matters[sample]) / SamplesPerTerm);
        var folds = Find(table, samples, most, TermSearch.FirstTerms);
        var errors = Enumerable.Range(0, most + 1).Select(steps => Error(table, folds, steps)).ToList();
        var chosen = errors.FindIndex(error => error <= AsGood * errors.Min());
        var found = TermSearch.Find(table, samples, chosen).After(chosen);
        var without = folds.ToDictionary(fold => fold.Fold, fold => fold.Path.After(chosen));
        var heldOut = folds.SelectMany(fold => Predict(table, fold.Judge, without[fold.Fold])).ToDictionary(pair => pair.Sample, pair => pair.Nanoseconds);
        return new LearnedRegression(samples, found, without, heldOut);
    }

    /// <summary>The mean error on samples held out, of a regression with few terms: enough to tell whether samples belong together.</summary>
    internal static double Judge(SampleTable table, int[] samples)
    {
        var most = Math.Min(TermsToCompare, samples.Length / SamplesPerTerm);
        return Error(table, Find(table, samples, most, first: 0), most) / samples.Length;
    }

    private static List<FoldPath> Find(SampleTable table, int[] samples, int most, int first) => Enumerable.Range(0, Folds.Count).AsParallel().AsOrdered()
        .Select(fold => (Fold: fold, Learn: samples.Where(sample => table.Fold(sample) != fold).ToArray(), Judge: samples.Where(sample => table.Fold(sample) == fold).ToArray()))
        .Where(split => split.Judge.Length > 0 && split.Learn.Length > 0)
        .Select(split => new FoldPath(split.Fold, split.Judge, TermSearch.Find(table, split.Learn, most, first))).ToList();

    private static double Error(SampleTable table, IEnumerable<FoldPath> folds, int steps) => folds.Sum(fold => Predict(table, fold.Judge, fold.Path.After(steps))
        .Sum(pair => Math.Min(ErrorLimit, Math.Abs(pair.Nanoseconds - table.Nanoseconds[pair.Sample]) * table.Weights[pair.Sample])));

    private static IEnumerable<(int Sample, double Nanoseconds)> Predict(SampleTable table, int[] samples, IReadOnlyList<Term> terms) =>
        samples.Select(sample => (sample, terms.Sum(term => term.NanosecondsPerUnit * term.Amount(table.Values[sample]))));

    private sealed record FoldPath(int Fold, int[] Judge, TermPath Path);
}

/// <summary>A regression and how well it did.</summary>
/// <param name="Samples">The samples it was learned from.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="TermsWithout">The terms found without a fold, by fold.</param>
/// <param name="HeldOut">What each sample was predicted to take, in nanoseconds, by terms found without its fold.</param>
internal sealed record LearnedRegression(int[] Samples, IReadOnlyList<Term> Terms, IReadOnlyDictionary<int, IReadOnlyList<Term>> TermsWithout, IReadOnlyDictionary<int, double> HeldOut);

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>The explanatory variables of a regression, and their fit to samples.</summary>
internal sealed class TermSet
{
    // Errors up to here are what a regression does not explain, not a disturbed measurement.
    private const double LeastSpread = 0.4;
    private const double UsualShare = 0.05;
    private const double UsualSpread = 1.5;
    private readonly IReadOnlyList<Term> _terms;

    internal TermSet(IReadOnlyList<Term> terms) => _terms = terms;

    /// <summary>A call, and every amount of work of the family.</summary>
    internal static TermSet Basic(LayerFamily family) =>
        new([new Term(null, [], 0), .. family.Quantities.Select(quantity => new Term(quantity, [], 0))]);

    internal IReadOnlyList<Term> Terms => _terms;

    /// <summary>Those terms that a fit to these samples makes use of.</summary>
    internal TermSet Used(SampleTable table, IReadOnlyList<int> samples) => new(Fit(table, samples));

    /// <summary>The weighted amounts of one sample, one a term.</summary>
    internal double[] Row(SampleTable table, int sample)
    {
        var row = new double[_terms.Count];
        for (var i = 0; i < row.Length; i++) row[i] = _terms[i].Amount(table.Values[sample]) * table.Weights[sample];
        return row;
    }

    /// <summary>The terms with fitted coefficients; terms that explain nothing are left out.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="samples">Those to fit.</param>
    internal IReadOnlyList<Term> Fit(SampleTable table, IReadOnlyList<int> samples)
    {
        var rows = samples.Select(sample => Row(table, sample)).ToArray();
        Forget(rows, AliasesOfCalls(table, samples));
        var targets = samples.Select(table.Target).ToArray();
        var coefficients = RobustFit(rows, targets);
        return _terms.Select((term, i) => term with { NanosecondsPerUnit = coefficients[i] }).Where(term => term.NanosecondsPerUnit > 0).ToList();
    }

    // An amount that is the same for nearly all samples stands in for a call. Charged by its size, it would be absurd for a layer with more.
    private List<int> AliasesOfCalls(SampleTable table, IReadOnlyList<int> samples) =>
        Enumerable.Range(0, _terms.Count).Where(term => _terms[term] is { Quantity: not null, Beyond: null } && IsSameForMost(table, samples, _terms[term])).ToList();

    private static bool IsSameForMost(SampleTable table, IReadOnlyList<int> samples, Term term)
    {
        var amounts = samples.Select(sample => term.Amount(table.Values[sample])).Order().ToList();
        var (low, high) = (amounts[(int)(amounts.Count * UsualShare)], amounts[(int)((amounts.Count - 1) * (1 - UsualShare))]);
        return low > 0 && high <= low * UsualSpread;
    }

    private static void Forget(double[][] rows, List<int> terms)
    {
        foreach (var row in rows)
            foreach (var term in terms) row[term] = 0;
    }

    // Measurements on a shared machine have outliers; Cauchy weights keep them from bending the regression.
    private double[] RobustFit(double[][] rows, double[] targets)
    {
        const int Rounds = 2;
        var trust = Array.ConvertAll(targets, _ => 1.0);
        for (var round = 0; ; round++)
        {
            var normal = new NormalEquations(_terms.Count);
            for (var i = 0; i < rows.Length; i++) normal.Add(rows[i], targets[i], trust[i]);
            var coefficients = normal.Solve();
            if (round == Rounds) return Unbiased(coefficients, rows, targets, trust);

            var residuals = rows.Select((row, i) => Math.Abs(NormalEquations.Dot(row, coefficients) - targets[i])).ToArray();
            var spread = Math.Max(LeastSpread, 3 * Measuring.Quantile.Median(residuals));
            trust = residuals.Select(residual => 1 / (1 + Math.Pow(residual / spread, 2) / 2)).ToArray();
        }
    }

    // Squared relative errors favour predictions that are too low; in a sum over a network that would not cancel.
    private static double[] Unbiased(double[] coefficients, double[][] rows, double[] targets, double[] trust)
    {
        double predicted = 0, measured = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            predicted += trust[i] * NormalEquations.Dot(rows[i], coefficients);
            measured += trust[i] * targets[i];
        }

        return predicted > 0 && measured > 0 ? coefficients.Select(c => c * measured / predicted).ToArray() : coefficients;
    }
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>The explanatory variables of a regression, and their fit to samples.</summary>
internal sealed class TermSet
{
    // Errors up to here are what a regression does not explain, not a disturbed measurement.
    private const double LeastSpread = 0.4;
    private readonly IReadOnlyList<Term> _terms;

    internal TermSet(IReadOnlyList<Term> terms) => _terms = terms;

    /// <summary>A call, and every amount of work of the family.</summary>
    internal static TermSet Basic(LayerFamily family) =>
        new([new Term(null, [], 0), .. family.Quantities.Select(quantity => new Term(quantity, [], 0))]);

    internal IReadOnlyList<Term> Terms => _terms;

    internal TermSet With(Term term) => new([.. _terms, term]);

    /// <summary>The weighted amounts of one sample, one a term.</summary>
    internal double[] Row(SampleTable table, int sample)
    {
        var row = new double[_terms.Count];
        for (var i = 0; i < row.Length; i++) row[i] = _terms[i].Amount(table.Values[sample]) * table.Weights[sample];
        return row;
    }

    /// <summary>The terms with fitted coefficients; terms that explain nothing are left out.</summary>
    internal IReadOnlyList<Term> Fit(SampleTable table, IReadOnlyList<int> samples)
    {
        var rows = samples.Select(sample => Row(table, sample)).ToArray();
        var targets = samples.Select(table.Target).ToArray();
        var coefficients = RobustFit(rows, targets, _terms.Count);
        return _terms.Select((term, i) => term with { NanosecondsPerUnit = coefficients[i] }).Where(term => term.NanosecondsPerUnit > 0).ToList();
    }

    // Measurements on a shared machine have outliers; Cauchy weights keep them from bending the regression.
    private static double[] RobustFit(double[][] rows, double[] targets, int terms)
    {
        const int Rounds = 2;
        var trust = Enumerable.Repeat(1.0, rows.Length).ToArray();
        var coefficients = new double[terms];
        for (var round = 0; round <= Rounds; round++)
        {
            var normal = new NormalEquations(terms);
            for (var i = 0; i < rows.Length; i++) normal.Add(rows[i], targets[i], trust[i]);
            coefficients = normal.Solve();
            var residuals = rows.Select((row, i) => Math.Abs(NormalEquations.Dot(row, coefficients) - targets[i])).ToArray();
            var spread = Math.Max(LeastSpread, 3 * Measuring.Quantile.Median(residuals));
            for (var i = 0; i < trust.Length; i++) trust[i] = 1 / (1 + Math.Pow(residuals[i] / spread, 2) / 2);
        }

        return Unbiased(coefficients, rows, targets, trust);
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

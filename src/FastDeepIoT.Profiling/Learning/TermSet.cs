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

    /// <summary>Those terms that a fit to these samples makes use of.</summary>
    internal TermSet Used(SampleTable table, IReadOnlyList<int> samples)
    {
        var coefficients = RobustFit(samples.Select(sample => Row(table, sample)).ToArray(), samples.Select(table.Target).ToArray());
        return new TermSet(_terms.Where((_, i) => coefficients[i] > 0).ToList());
    }

    /// <summary>The weighted amounts of one sample, one a term.</summary>
    internal double[] Row(SampleTable table, int sample)
    {
        var row = new double[_terms.Count];
        for (var i = 0; i < row.Length; i++) row[i] = _terms[i].Amount(table.Values[sample]) * table.Weights[sample];
        return row;
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
            if (round == Rounds) return coefficients;

            var residuals = rows.Select((row, i) => Math.Abs(NormalEquations.Dot(row, coefficients) - targets[i])).ToArray();
            var spread = Math.Max(LeastSpread, 3 * Measuring.Quantile.Median(residuals));
            trust = residuals.Select(residual => 1 / (1 + Math.Pow(residual / spread, 2) / 2)).ToArray();
        }
    }
}

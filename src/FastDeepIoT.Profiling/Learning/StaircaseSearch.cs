using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Finds the blocks a device works in: amounts of work with a feature rounded up that explain the times better than the plain amounts.
/// Every integer is tried; which one matters is for the measurements to say.
/// </summary>
internal static class StaircaseSearch
{
    private const int LargestBlock = 128;
    private const int MostStaircases = 4;
    private const double LeastGain = 0.02;

    /// <summary>The basic terms of the family and the staircases worth having for these samples.</summary>
    internal static TermSet Find(SampleTable table, IReadOnlyList<int> samples)
    {
        var terms = TermSet.Basic(table.Family);
        var targets = samples.Select(table.Target).ToArray();
        for (var found = 0; found < MostStaircases && samples.Count >= 4 * terms.Terms.Count; found++)
        {
            var rows = samples.Select(sample => terms.Row(table, sample)).ToArray();
            var sums = new NormalEquations(terms.Terms.Count);
            for (var i = 0; i < rows.Length; i++) sums.Add(rows[i], targets[i]);
            var best = Candidates(table, samples, terms)
                .Select(term => (Term: term, Loss: sums.With(Column(table, samples, term), rows, targets).Loss()))
                .DefaultIfEmpty((Term: null!, Loss: double.MaxValue)).MinBy(candidate => candidate.Loss);
            if (best.Loss > sums.Loss() * (1 - LeastGain)) break;
            terms = terms.With(best.Term);
        }

        return terms;
    }

    private static double[] Column(SampleTable table, IReadOnlyList<int> samples, Term term)
    {
        var column = new double[samples.Count];
        for (var i = 0; i < column.Length; i++) column[i] = term.Amount(table.Values[samples[i]]) * table.Weights[samples[i]];
        return column;
    }

    // Rounding one factor of one amount, alone or on top of a staircase already found.
    private static IEnumerable<Term> Candidates(SampleTable table, IReadOnlyList<int> samples, TermSet terms)
    {
        foreach (var term in terms.Terms.Where(term => term.Quantity is { Factors.Count: > 1 }))
            foreach (var feature in term.Quantity!.Factors.Distinct().Except(term.Roundings.Select(rounding => rounding.Feature)))
            {
                var index = table.Family.IndexOf(feature);
                if (samples.Any(sample => table.Values[sample][index] % 1 != 0)) continue;
                var largest = samples.Max(sample => table.Values[sample][index]);
                for (var block = 2; block <= Math.Min(LargestBlock, largest); block++)
                    yield return new Term(term.Quantity, [.. term.Roundings, new Rounding(feature, index, block)], 0);
            }
    }
}

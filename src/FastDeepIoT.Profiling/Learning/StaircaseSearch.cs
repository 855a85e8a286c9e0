using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Finds the blocks a device works in: amounts of work with a feature rounded up that explain the times better than the plain amounts.
/// Every integer is tried; which one matters is for the measurements to say. Likewise for sizes at which a network outgrows a cache.
/// </summary>
internal static class StaircaseSearch
{
    private const int LargestBlock = 128;
    private const int MostFound = 7;
    private const double LeastGain = 0.02;
    private const int SizeQuantiles = 12;
    private const int FitsPerQuantity = 6;
    private const int EnoughToCompare = 400;

    /// <summary>The basic terms of the family and the staircases worth having for these samples.</summary>
    internal static TermSet Find(SampleTable table, IReadOnlyList<int> samples)
    {
        var terms = TermSet.Basic(table.Family);
        var targets = samples.Select(table.Target).ToArray();
        for (var found = 0; found < MostFound && samples.Count >= 4 * terms.Terms.Count; found++)
        {
            var rows = samples.Select(sample => terms.Row(table, sample)).ToArray();
            var sums = new NormalEquations(terms.Terms.Count);
            for (var i = 0; i < rows.Length; i++) sums.Add(rows[i], targets[i]);
            var coefficients = sums.Solve();
            var residuals = rows.Select((row, i) => targets[i] - NormalEquations.Dot(row, coefficients)).ToArray();
            var best = Promising(table, samples, terms, residuals)
                .Select(candidate => (candidate.Term, Loss: sums.With(candidate.Column, rows, targets).Loss()))
                .DefaultIfEmpty((Term: null!, Loss: double.MaxValue)).MinBy(candidate => candidate.Loss);
            if (best.Loss > sums.Loss(coefficients) * (1 - LeastGain)) break;
            terms = terms.With(best.Term);
        }

        return terms;
    }

    // Fitting every candidate would take minutes; those that explain most of what is left over by themselves are worth a fit. To find
    // them, a part of many samples says as much as all.
    private static IEnumerable<(Term Term, double[] Column)> Promising(
        SampleTable table, IReadOnlyList<int> samples, TermSet terms, double[] residuals)
    {
        var step = Math.Max(1, samples.Count / EnoughToCompare);
        var part = samples.Where((_, i) => i % step == 0).ToList();
        var partResiduals = residuals.Where((_, i) => i % step == 0).ToArray();
        return Candidates(table, part, terms).Select(term => (Term: term, Score: Score(Column(table, part, term), partResiduals)))
            .GroupBy(candidate => (candidate.Term.Quantity, candidate.Term.Beyond is null))
            .SelectMany(group => group.OrderByDescending(candidate => candidate.Score).Take(FitsPerQuantity))
            .Select(candidate => (candidate.Term, Column(table, samples, candidate.Term)));
    }

    private static double Score(double[] column, double[] residuals)
    {
        double product = 0, square = 0;
        for (var i = 0; i < column.Length; i++)
        {
            product += column[i] * residuals[i];
            square += column[i] * column[i];
        }

        return product > 0 && square > 0 ? product * product / square : 0;
    }

    private static double[] Column(SampleTable table, IReadOnlyList<int> samples, Term term)
    {
        var column = new double[samples.Count];
        for (var i = 0; i < column.Length; i++) column[i] = term.Amount(table.Values[samples[i]]) * table.Weights[samples[i]];
        return column;
    }

    private static IEnumerable<Term> Candidates(SampleTable table, IReadOnlyList<int> samples, TermSet terms) =>
        Staircases(table, samples, terms).Concat(ColdTerms(table, samples, terms));

    // Rounding one factor of one amount, alone or on top of a staircase already found.
    private static IEnumerable<Term> Staircases(SampleTable table, IReadOnlyList<int> samples, TermSet terms)
    {
        foreach (var term in terms.Terms.Where(term => term is { Quantity.Factors.Count: > 1, Beyond: null }))
            foreach (var feature in table.Family.Widths.Where(term.Quantity!.GrowsWith).Except(term.Roundings.Select(rounding => rounding.Feature)))
            {
                var index = table.Family.IndexOf(feature);
                if (samples.Any(sample => table.Values[sample][index] % 1 != 0)) continue;
                var largest = samples.Max(sample => table.Values[sample][index]);
                for (var block = 2; block <= Math.Min(LargestBlock, largest); block++)
                    yield return new Term(term.Quantity, [.. term.Roundings, new Rounding(feature, index, block)], 0);
            }
    }

    // Work costs more in a network, and on tensors, that outgrow a cache. Which size that is, the samples tell.
    private static IEnumerable<Term> ColdTerms(SampleTable table, IReadOnlyList<int> samples, TermSet terms)
    {
        var warm = terms.Terms.Where(term => term.Beyond is null && term.Roundings.Count == 0).ToList();
        foreach (var size in table.Family.Descriptors.Where(IsSize))
        {
            var index = table.Family.IndexOf(size);
            var sizes = samples.Select(sample => table.Values[sample][index]).Order().ToList();
            for (var part = 0; part < SizeQuantiles; part++)
            {
                var beyond = new Condition(size, index, IsMultiple: false, sizes[part * sizes.Count / SizeQuantiles]);
                if (beyond.Value <= 0 || beyond.Value == sizes[^1]) continue;
                foreach (var term in warm) yield return term with { Beyond = beyond };
            }
        }
    }

    private static bool IsSize(string descriptor) => descriptor.EndsWith("Bytes", StringComparison.Ordinal);
}

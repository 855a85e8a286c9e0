using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Finds the question that separates samples into two sets with the least squared relative error. Ranges are tried at quantiles of every
/// descriptor, multiples for every integer on every whole-numbered feature.
/// </summary>
internal sealed class SplitSearch(SampleTable table, TermSet terms, int fewestSamples)
{
    private const int Quantiles = 16;
    private const int LargestMultiple = 128;

    internal Condition? Best(int[] samples)
    {
        var rows = samples.ToDictionary(sample => sample, sample => terms.Row(table, sample));
        var whole = Sum(samples, rows);
        var best = (Condition: default(Condition), Loss: whole.Loss() * 0.995);
        foreach (var candidate in Ranges(samples, rows, whole).Concat(Multiples(samples, rows, whole)))
            if (candidate.Loss < best.Loss)
                best = candidate;
        return best.Condition;
    }

    private IEnumerable<(Condition? Condition, double Loss)> Ranges(int[] samples, Dictionary<int, double[]> rows, NormalEquations whole)
    {
        for (var index = 0; index < table.Family.Descriptors.Count; index++)
        {
            var sorted = samples.OrderBy(sample => table.Values[sample][index]).ToArray();
            var below = new NormalEquations(terms.Terms.Count);
            var nextCut = samples.Length / Quantiles;
            for (var i = 0; i + fewestSamples < sorted.Length; i++)
            {
                below.Add(rows[sorted[i]], table.Target(sorted[i]));
                var value = table.Values[sorted[i]][index];
                if (i + 1 < fewestSamples || i < nextCut || value == table.Values[sorted[i + 1]][index]) continue;
                nextCut = i + samples.Length / Quantiles;
                yield return (new Condition(table.Family.Descriptors[index], index, false, value), below.Loss() + whole.Without(below).Loss());
            }
        }
    }

    private IEnumerable<(Condition? Condition, double Loss)> Multiples(int[] samples, Dictionary<int, double[]> rows, NormalEquations whole)
    {
        for (var index = 0; index < table.Family.Features.Count; index++)
        {
            if (samples.Any(sample => table.Values[sample][index] % 1 != 0)) continue;
            for (var multiple = 2; multiple <= LargestMultiple; multiple++)
            {
                var yes = samples.Where(sample => table.Values[sample][index] % multiple == 0).ToArray();
                if (yes.Length < fewestSamples || samples.Length - yes.Length < fewestSamples) continue;
                var part = Sum(yes, rows);
                yield return (new Condition(table.Family.Descriptors[index], index, true, multiple), part.Loss() + whole.Without(part).Loss());
            }
        }
    }

    private NormalEquations Sum(int[] samples, Dictionary<int, double[]> rows)
    {
        var sums = new NormalEquations(terms.Terms.Count);
        foreach (var sample in samples) sums.Add(rows[sample], table.Target(sample));
        return sums;
    }
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// What the terms of a regression are made of, on a part of the samples: blocks of every size for every factor, sizes to be charged beyond, and questions
/// to be charged by. Which of them matter is for the measurements to say: there is no list of likely ones.
/// </summary>
internal sealed class TermFactors
{
    private const int LargestBlock = 128;
    private const int Sizes = 24;
    private const int Thresholds = 12;
    private readonly SampleTable _table;
    private readonly int[] _part;
    private readonly List<(Rounding Rounding, float[] Ratio)> _roundings = [];
    private readonly List<(Condition Condition, float[] Share)> _beyonds = [];
    private readonly List<(Where Where, float[] Mask)> _wheres = [];

    /// <summary>Looks at a part of some samples.</summary>
    internal TermFactors(SampleTable table, IReadOnlyList<int> samples, int[] part)
    {
        (_table, _part, Carriers) = (table, part, new TermCarriers(table, part));
        foreach (var feature in table.Family.Widths) AddRoundings(feature, samples);
        foreach (var feature in table.Family.Descriptors) AddConditions(feature, samples);
    }

    /// <summary>The kind of the samples' layers.</summary>
    internal LayerFamily Family => _table.Family;

    /// <summary>Which layers have what.</summary>
    internal TermCarriers Carriers { get; }

    /// <summary>By how much a factor grows, in blocks of every size.</summary>
    internal IReadOnlyList<(Rounding Rounding, float[] Ratio)> Roundings => _roundings;

    /// <summary>The share of a size that lies beyond another one.</summary>
    internal IReadOnlyList<(Condition Condition, float[] Share)> Beyonds => _beyonds;

    /// <summary>Ones where a question is answered in a way, zeros elsewhere.</summary>
    internal IReadOnlyList<(Where Where, float[] Mask)> Wheres => _wheres;

    /// <summary>A number for every sample of the part.</summary>
    internal float[] Of(Func<double[], double> value) => Array.ConvertAll(_part, sample => (float)value(_table.Values[sample]));

    private void AddRoundings(string feature, IReadOnlyList<int> samples)
    {
        var index = _table.Family.IndexOf(feature);
        if (samples.Any(sample => _table.Values[sample][index] % 1 != 0)) return;
        var largest = samples.Max(sample => _table.Values[sample][index]);
        for (var block = 2; block <= Math.Min(LargestBlock, largest); block++)
            foreach (var leftOver in (bool[])[false, true])
            {
                var rounding = new Rounding(feature, index, block, leftOver);
                _roundings.Add((rounding, Of(values => values[index] > 0 ? rounding.Apply(values[index]) / values[index] : 1)));
            }
    }

    private void AddConditions(string feature, IReadOnlyList<int> samples)
    {
        // As most images are square, a threshold on their rows would stand in for one on their size.
        if (feature == LayerFamily.Rows) return;
        var index = _table.Family.IndexOf(feature);
        var values = samples.Select(sample => _table.Values[sample][index]).Order().ToArray();
        foreach (var threshold in Quantiles(values, Thresholds))
        {
            var condition = new Condition(feature, index, IsMultiple: false, threshold);
            foreach (var answer in (bool[])[true, false])
            {
                var where = new Where(condition, answer);
                _wheres.Add((where, Of(features => where.Holds(features) ? 1 : 0)));
            }
        }

        if (!feature.EndsWith("Bytes", StringComparison.Ordinal) && feature != LayerFamily.NetworkWork) return;
        foreach (var size in Quantiles(values, Sizes).Where(size => size > 0))
        {
            var beyond = new Condition(feature, index, IsMultiple: false, size);
            _beyonds.Add((beyond, Of(features => beyond.Holds(features) ? 0 : 1 - size / features[index])));
        }
    }

    // Values that separate the samples into parts of about the same size; every value when there are few.
    private static IEnumerable<double> Quantiles(double[] sorted, int count)
    {
        var distinct = sorted.Distinct().ToArray();
        var chosen = distinct.Length <= count ? distinct : Enumerable.Range(0, count).Select(i => sorted[(i + 1) * sorted.Length / (count + 1)]).Distinct();
        return chosen.Where(value => value < sorted[^1]);
    }
}

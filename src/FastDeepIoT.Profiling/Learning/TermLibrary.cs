using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// The terms a regression may use, and how much of each a part of the samples has. Every amount of work, alone and with every factor in blocks
/// of every size, or charged only beyond some size, or only where some question is answered in some way. Which of them matter is for the
/// measurements to say: there is no list of likely ones.
/// </summary>
internal sealed class TermLibrary
{
    private const int LargestBlock = 128;
    private const int MostRoundings = 2;
    private const int Sizes = 24;
    private const int Thresholds = 12;
    private readonly SampleTable _table;
    private readonly int[] _part;
    private readonly List<Term> _terms = [];
    private readonly List<float[]> _columns = [];
    private readonly HashSet<TermKey> _known = [];
    private readonly List<(Rounding Rounding, float[] Ratio)> _roundings = [];
    private readonly List<(Condition Condition, float[] Share)> _beyonds = [];
    private readonly List<(Where Where, float[] Mask)> _wheres = [];
    private readonly Dictionary<Quantity, float[]> _amounts = [];
    private readonly TermCarriers _carriers;
    private readonly float[] _weights;

    /// <summary>Describes the part of the samples on which terms are compared.</summary>
    internal TermLibrary(SampleTable table, IReadOnlyList<int> samples, int[] part, float[] weights)
    {
        (_table, _part, _weights, _carriers) = (table, part, weights, new TermCarriers(table, part));
        foreach (var quantity in table.Family.Quantities) _amounts[quantity] = Weighted(quantity.Of);
        foreach (var feature in table.Family.Widths) AddRoundings(feature, samples);
        foreach (var feature in table.Family.Descriptors) AddConditions(feature, samples);
        foreach (var quantity in table.Family.Quantities.Prepend(null)) AddFirst(quantity);
    }

    /// <summary>How many terms there are.</summary>
    internal int Count => _terms.Count;

    /// <summary>A term; its time is still to be found.</summary>
    internal Term this[int index] => _terms[index];

    /// <summary>Whether layers differ in an amount, so that it can be told from a call.</summary>
    internal bool Varies(Quantity quantity) => _carriers.Vary(quantity, _amounts[quantity]);

    /// <summary>How much of a term each sample of the part has, in units of its quantity, times the sample's weight.</summary>
    internal float[] Column(int index) => _columns[index];

    /// <summary>Adds the terms that say something more precise than a term that turned out to matter.</summary>
    internal void Refine(Term term)
    {
        if (term.Quantity is null) return;

        var column = Weighted(term.Amount);
        if (term.Roundings.Count < MostRoundings)
            foreach (var (rounding, ratio) in _roundings)
                if (term.Quantity.GrowsWith(rounding.Feature) && term.Roundings.All(other => other.Feature != rounding.Feature))
                    Add(term with { Roundings = [.. term.Roundings, rounding] }, column, ratio);
        if (term.Where is null)
            foreach (var (where, mask) in _wheres) Add(term with { Where = where }, column, mask);
        if (term.Beyond is null)
            foreach (var (beyond, share) in _beyonds) Add(term with { Beyond = beyond }, column, share);
    }

    private void AddFirst(Quantity? quantity)
    {
        var plain = new Term(quantity, [], 0);
        var amount = quantity is null ? _weights : _amounts[quantity];
        if (quantity is { Factors.Count: > 1 })
            foreach (var (rounding, ratio) in _roundings)
                if (quantity.GrowsWith(rounding.Feature)) Add(plain with { Roundings = [rounding] }, amount, ratio);
        foreach (var (beyond, share) in _beyonds) Add(plain with { Beyond = beyond }, amount, share);
        foreach (var (where, mask) in _wheres) Add(plain with { Where = where }, amount, mask);
    }

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

    private void Add(Term term, float[] amounts, float[] factors)
    {
        if (!_known.Add(TermKey.Of(term))) return;

        var column = new float[_part.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply<float>(amounts, factors, column);
        if (!_carriers.Suffice(term, column)) return;

        _terms.Add(term);
        _columns.Add(column);
    }

    private float[] Weighted(Func<double[], double> amount)
    {
        var column = Of(amount);
        System.Numerics.Tensors.TensorPrimitives.Multiply(column, _weights, column);
        return column;
    }

    private float[] Of(Func<double[], double> value) => Array.ConvertAll(_part, sample => (float)value(_table.Values[sample]));

    // What tells a term from all others, whatever its time and the order of its roundings.
    private readonly record struct TermKey(Quantity? Quantity, Rounding? First, Rounding? Second, Condition? Beyond, Where? Where)
    {
        internal static TermKey Of(Term term) => term.Roundings.Count switch
        {
            0 => new TermKey(term.Quantity, null, null, term.Beyond, term.Where),
            1 => new TermKey(term.Quantity, term.Roundings[0], null, term.Beyond, term.Where),
            _ => term.Roundings[0].FeatureIndex < term.Roundings[1].FeatureIndex
                ? new TermKey(term.Quantity, term.Roundings[0], term.Roundings[1], term.Beyond, term.Where)
                : new TermKey(term.Quantity, term.Roundings[1], term.Roundings[0], term.Beyond, term.Where),
        };
    }
}

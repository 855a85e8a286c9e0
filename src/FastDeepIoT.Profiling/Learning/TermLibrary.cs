using System.Numerics.Tensors;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// The terms a regression may use, and how much of each a part of the samples has. Every amount of work, alone and with every factor in blocks
/// of every size, or charged only beyond some size, or only where some question is answered in some way.
/// </summary>
internal sealed class TermLibrary
{
    private const int MostRoundings = 2;
    private readonly TermFactors _factors;
    private readonly float[] _weights;
    private readonly float[] _column;
    private readonly List<Term> _terms = [];
    private readonly List<float[]> _columns = [];
    private readonly HashSet<TermKey> _known = [];
    private readonly Dictionary<Quantity, float[]> _amounts = [];

    /// <summary>Describes the part of the samples on which terms are compared.</summary>
    /// <param name="factors">What terms are made of there.</param>
    /// <param name="weights">How much each sample of the part counts.</param>
    internal TermLibrary(TermFactors factors, float[] weights)
    {
        (_factors, _weights, _column) = (factors, weights, new float[weights.Length]);
        foreach (var quantity in factors.Family.Quantities) _amounts[quantity] = Weighted(quantity.Of);
        foreach (var quantity in factors.Family.Quantities.Prepend(null)) AddFirst(quantity);
    }

    /// <summary>How many terms there are.</summary>
    internal int Count => _terms.Count;

    /// <summary>A term; its time is still to be found.</summary>
    internal Term this[int index] => _terms[index];

    /// <summary>Whether layers differ in an amount, so that it can be told from a call.</summary>
    internal bool Varies(Quantity quantity) => _factors.Carriers.Vary(quantity, _amounts[quantity]);

    /// <summary>How much of a term each sample of the part has, in units of its quantity, times the sample's weight.</summary>
    internal float[] Column(int index) => _columns[index];

    /// <summary>Adds the terms that say something more precise than a term that turned out to matter.</summary>
    internal void Refine(Term term)
    {
        if (term.Quantity is null) return;

        var column = Weighted(term.Amount);
        if (term.Roundings.Count < MostRoundings)
            foreach (var (rounding, ratio) in _factors.Roundings)
                if (term.Quantity.GrowsWith(rounding.Feature) && term.Roundings.All(other => other.Feature != rounding.Feature))
                    Add(term with { Roundings = [.. term.Roundings, rounding] }, column, ratio);
        if (term.Where is null)
            foreach (var (where, mask) in _factors.Wheres) Add(term with { Where = where }, column, mask);
        if (term.Beyond is null)
            foreach (var (beyond, share) in _factors.Beyonds) Add(term with { Beyond = beyond }, column, share);
    }

    private void AddFirst(Quantity? quantity)
    {
        var plain = new Term(quantity, [], 0);
        var amount = quantity is null ? _weights : _amounts[quantity];
        if (quantity is { Factors.Count: > 1 })
            foreach (var (rounding, ratio) in _factors.Roundings)
                if (quantity.GrowsWith(rounding.Feature)) Add(plain with { Roundings = [rounding] }, amount, ratio);
        foreach (var (beyond, share) in _factors.Beyonds) Add(plain with { Beyond = beyond }, amount, share);
        foreach (var (where, mask) in _factors.Wheres) Add(plain with { Where = where }, amount, mask);
    }

    // Most candidates are carried by too few, and only those that are taken keep a column.
    private void Add(Term term, float[] amounts, float[] factors)
    {
        if (!_known.Add(TermKey.Of(term))) return;

        TensorPrimitives.Multiply<float>(amounts, factors, _column);
        if (!_factors.Carriers.Suffice(term, _column)) return;

        _terms.Add(term);
        _columns.Add([.. _column]);
    }

    private float[] Weighted(Func<double[], double> amount)
    {
        var column = _factors.Of(amount);
        TensorPrimitives.Multiply(column, _weights, column);
        return column;
    }

    // What tells a term from all others, whatever its time and the order of its roundings.
    private readonly record struct TermKey(Quantity? Quantity, Rounding? First, Rounding? Second, Condition? Beyond, Where? Where)
    {
        // The names of features, which the hash of a record takes in letter by letter, tell nothing that their places do not.
        public override int GetHashCode() => HashCode.Combine(
            Quantity, First?.FeatureIndex, First?.Block, Second?.FeatureIndex, Second?.Block, Beyond?.Value, Where?.Condition.Value, Where?.Condition.FeatureIndex);

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

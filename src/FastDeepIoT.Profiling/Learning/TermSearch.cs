using System.Numerics.Tensors;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Finds the terms that explain the times of some samples, one after another: each time the one that explains most of what those before left
/// over (orthogonal matching pursuit; Pati, Rezaiifar and Krishnaprasad 1993), with non-negative coefficients throughout.
/// </summary>
internal sealed class TermSearch
{
    private const int SamplesToCompare = 700;
    internal const int FirstTerms = 8;
    private const double LeastSpread = 0.25;
    private const int FitsAStep = 6;

    // Terms that left the fit may keep their direction for a while: starting over costs more than the few candidates it hides.
    private const int MostIdle = 4;
    private const int MostFits = 24;

    // A candidate of which less than this share is new says nothing that the terms taken do not say already.
    private const double Vanishing = 1e-4;
    private const double Nothing = 1e-9;
    private readonly SampleTable _table;
    private readonly int[] _samples;
    private readonly double[] _weights;
    private readonly int[] _places;
    private readonly TermLibrary _library;
    private readonly GrowingFit _fit;
    private readonly List<Term> _terms = [];
    private readonly List<double[]> _columns = [];
    private readonly HashSet<int> _spanned = [];
    private readonly List<double[]> _directions = [];
    private readonly List<float[]> _parts = [];
    private readonly List<float> _squares = [];
    private readonly List<float> _left = [];

    private TermSearch(SampleTable table, int[] samples, int[] places, TermFactors factors, double[] weights)
    {
        (_table, _samples, _places, _weights) = (table, samples, places, weights);
        _library = new TermLibrary(factors, Array.ConvertAll(places, place => (float)weights[place]));
        _fit = new GrowingFit(samples.Select((sample, i) => table.Nanoseconds[sample] * weights[i]).ToArray());
        foreach (var term in TermSet.Basic(table.Family).Terms.Where(term => term.Quantity is null || _library.Varies(term.Quantity))) Take(term, Column(term));
        _fit.Solve();
    }

    /// <summary>The terms found, the first ones being the basic ones of the family, with their times after every step.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="samples">Those to explain.</param>
    /// <param name="most">How many terms to add to the basic ones.</param>
    /// <param name="first">
    /// Terms of a first search that only tells which samples nothing explains: disturbed measurements must not choose the terms. 0 trusts all.
    /// </param>
    internal static TermPath Find(SampleTable table, int[] samples, int most, int first = FirstTerms)
    {
        var step = Math.Max(1, (samples.Length + SamplesToCompare - 1) / SamplesToCompare);
        var places = Enumerable.Range(0, samples.Length).Where(place => place % step == 0).ToArray();

        var factors = new TermFactors(table, samples, Array.ConvertAll(places, place => samples[place]));
        var search = new TermSearch(table, samples, places, factors, Array.ConvertAll(samples, sample => table.Weights[sample]));
        if (first == 0) return search.Run(most);

        search.Run(Math.Min(most, first));
        return new TermSearch(table, samples, places, factors, search.Trusted()).Run(most);
    }

    private TermPath Run(int most)
    {
        var path = new TermPath(_terms, [_fit.Coefficients]);
        for (var step = 0; step < most; step++)
        {
            if (Best(Scores()) is not { } best) break;
            Take(best, Column(best));
            _fit.Solve();
            path.Coefficients.Add(_fit.Coefficients);
            _library.Refine(best);
        }

        return path;
    }

    private double[] Trusted()
    {
        var residuals = _fit.Residuals().Select(Math.Abs).ToArray();
        var spread = Math.Max(LeastSpread, 4 * Measuring.Quantile.Median(residuals));
        return _weights.Select((weight, i) => weight / Math.Sqrt(1 + Math.Pow(residuals[i] / spread, 2))).ToArray();
    }

    // How well each candidate points to what is left over, once all is taken away from it that the terms in use explain as well.
    private float[] Scores()
    {
        var used = Enumerable.Range(0, _terms.Count).Where(term => _fit.Coefficients[term] > 0).ToList();
        if (_spanned.Count(term => !used.Contains(term)) > MostIdle) Forget();
        var before = _parts.Count;
        foreach (var term in used.Where(_spanned.Add))
            if (DirectionOf(_columns[term]) is { } direction)
            {
                _directions.Add(direction);
                _parts.Add(Array.ConvertAll(direction, value => (float)value));
            }

        var unexplained = Unexplained();
        var scores = new float[_library.Count];
        for (var index = 0; index < scores.Length; index++)
        {
            var column = _library.Column(index);
            if (index == _squares.Count) _squares.Add(TensorPrimitives.SumOfSquares<float>(column));
            var isNew = index == _left.Count;
            if (isNew) _left.Add(_squares[index]);
            for (var part = isNew ? 0 : before; part < _parts.Count; part++) _left[index] -= Square(TensorPrimitives.Dot<float>(column, _parts[part]));
            if (_left[index] > Vanishing * _squares[index]) scores[index] = TensorPrimitives.Dot<float>(column, unexplained) / MathF.Sqrt(_left[index]);
        }

        return scores;
    }

    private void Forget()
    {
        _spanned.Clear();
        _directions.Clear();
        _parts.Clear();
        _left.Clear();
    }

    private Term? Best(float[] scores)
    {
        var best = (Term: default(Term), Loss: _fit.Loss * (1 - 1e-6));
        foreach (var some in Largest(scores).Chunk(FitsAStep))
        {
            foreach (var index in some)
                if (_fit.LossWith(Column(_library[index])) is var loss && loss < best.Loss) best = (_library[index], loss);
            if (best.Term is not null) break;
        }

        return best.Term;
    }

    // The fit is to all samples; what the terms in use would explain of the part by themselves must not choose the next one.
    private float[] Unexplained()
    {
        var residuals = _fit.Residuals();
        var part = Array.ConvertAll(_places, place => residuals[place]);
        foreach (var direction in _directions)
            TensorPrimitives.MultiplyAdd<double>(direction, -TensorPrimitives.Dot<double>(part, direction), part, part);
        return Array.ConvertAll(part, value => (float)value);
    }

    private static IEnumerable<int> Largest(float[] scores) =>
        Enumerable.Range(0, scores.Length).Where(index => scores[index] > 0).OrderByDescending(index => scores[index]).Take(MostFits);

    private void Take(Term term, double[] column)
    {
        _terms.Add(term);
        _columns.Add(column);
        _fit.Add(column);
    }

    // What is new in a column, by Gram and Schmidt, twice because basic terms are nearly parallel; null when nothing is.
    private double[]? DirectionOf(double[] column)
    {
        var direction = Array.ConvertAll(_places, place => column[place]);
        var before = TensorPrimitives.SumOfSquares<double>(direction);
        for (var pass = 0; pass < 2; pass++)
            foreach (var other in _directions)
                TensorPrimitives.MultiplyAdd<double>(other, -TensorPrimitives.Dot<double>(direction, other), direction, direction);
        var after = TensorPrimitives.SumOfSquares<double>(direction);
        if (after <= Nothing * before) return null;

        TensorPrimitives.Multiply(direction, 1 / Math.Sqrt(after), direction);
        return direction;
    }

    private double[] Column(Term term)
    {
        var column = new double[_samples.Length];
        for (var i = 0; i < column.Length; i++) column[i] = term.Amount(_table.Values[_samples[i]]) * _weights[i];
        return column;
    }

    private static float Square(float value) => value * value;
}

/// <summary>Terms in the order they were found, and the nanoseconds per unit of the first ones after every step.</summary>
internal sealed record TermPath(IReadOnlyList<Term> Terms, List<double[]> Coefficients)
{
    /// <summary>The terms after some steps, with their times; those that explain nothing are left out.</summary>
    internal IReadOnlyList<Term> After(int steps)
    {
        var coefficients = Coefficients[Math.Min(steps, Coefficients.Count - 1)];
        return Terms.Take(coefficients.Length).Select((term, i) => term with { NanosecondsPerUnit = coefficients[i] })
            .Where(term => term.NanosecondsPerUnit > 0).ToList();
    }
}

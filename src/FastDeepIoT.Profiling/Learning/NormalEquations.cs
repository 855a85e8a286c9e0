namespace FastDeepIoT.Profiling.Learning;

/// <summary>The sums a least-squares fit needs: samples can be added and removed one by one, and the loss follows from the sums.</summary>
internal sealed class NormalEquations(int terms)
{
    private readonly double[,] _gram = new double[terms, terms];
    private readonly double[] _right = new double[terms];
    private double _square;

    internal int Count { get; private set; }

    internal void Add(double[] row, double target, double weight = 1)
    {
        Count++;
        _square += weight * target * target;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            var left = weight * row[i];
            _right[i] += left * target;
            for (var j = 0; j <= i; j++) _gram[i, j] += left * row[j];
        }
    }

    /// <summary>The sums of all samples that are not in <paramref name="part"/>.</summary>
    internal NormalEquations Without(NormalEquations part)
    {
        var rest = new NormalEquations(terms) { Count = Count - part.Count, _square = _square - part._square };
        for (var i = 0; i < terms; i++)
        {
            rest._right[i] = _right[i] - part._right[i];
            for (var j = 0; j <= i; j++) rest._gram[i, j] = _gram[i, j] - part._gram[i, j];
        }

        return rest;
    }

    /// <summary>The sums with one more term, whose weighted amounts are given sample by sample.</summary>
    internal NormalEquations With(double[] column, double[][] rows, double[] targets)
    {
        var wider = new NormalEquations(terms + 1) { Count = Count, _square = _square };
        for (var i = 0; i < terms; i++)
        {
            wider._right[i] = _right[i];
            for (var j = 0; j <= i; j++) wider._gram[i, j] = _gram[i, j];
        }

        for (var sample = 0; sample < column.Length; sample++)
        {
            var (amount, row) = (column[sample], rows[sample]);
            wider._right[terms] += amount * targets[sample];
            wider._gram[terms, terms] += amount * amount;
            for (var i = 0; i < terms; i++) wider._gram[terms, i] += amount * row[i];
        }

        return wider;
    }

    /// <summary>The coefficients of the best non-negative fit.</summary>
    internal double[] Solve() => NonNegativeLeastSquares.Solve(Mirrored(), _right);

    /// <summary>The sum of squared relative errors of the best fit.</summary>
    internal double Loss() => Loss(Solve());

    internal double Loss(double[] coefficients)
    {
        var loss = _square;
        for (var i = 0; i < terms; i++)
        {
            if (coefficients[i] == 0) continue;
            loss -= 2 * coefficients[i] * _right[i];
            for (var j = 0; j < terms; j++) loss += coefficients[i] * coefficients[j] * (j <= i ? _gram[i, j] : _gram[j, i]);
        }

        return Math.Max(0, loss);
    }

    internal static double Dot(double[] row, double[] coefficients)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++) sum += row[i] * coefficients[i];
        return sum;
    }

    private double[,] Mirrored()
    {
        var full = new double[terms, terms];
        for (var i = 0; i < terms; i++)
            for (var j = 0; j <= i; j++) full[i, j] = full[j, i] = _gram[i, j];
        return full;
    }
}

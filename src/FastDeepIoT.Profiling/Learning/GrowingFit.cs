using System.Numerics.Tensors;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>A non-negative least-squares fit to which columns are added one by one; each solution starts from the one before.</summary>
internal sealed class GrowingFit(double[] target)
{
    private readonly double _square = TensorPrimitives.SumOfSquares<double>(target);
    private readonly List<double[]> _columns = [];
    private double[,] _gram = new double[0, 0];
    private double[] _right = [];

    /// <summary>The coefficients of the columns.</summary>
    internal double[] Coefficients { get; private set; } = [];

    /// <summary>The sum of squares that is left over.</summary>
    internal double Loss { get; private set; } = double.MaxValue;

    /// <summary>Adds a column; the solution follows with <see cref="Solve()"/>.</summary>
    internal void Add(double[] column)
    {
        (_gram, _right) = With(column);
        _columns.Add(column);
        Coefficients = [.. Coefficients, 0];
    }

    /// <summary>Finds the coefficients.</summary>
    internal void Solve() => (Coefficients, Loss) = Solve(_gram, _right, Coefficients);

    /// <summary>The loss there would be with one more column.</summary>
    internal double LossWith(double[] column)
    {
        var (gram, right) = With(column);
        return Solve(gram, right, [.. Coefficients, 0]).Loss;
    }

    /// <summary>Target minus fit, by sample.</summary>
    internal double[] Residuals()
    {
        var residuals = (double[])target.Clone();
        for (var i = 0; i < _columns.Count; i++)
            if (Coefficients[i] > 0) TensorPrimitives.MultiplyAdd<double>(_columns[i], -Coefficients[i], residuals, residuals);
        return residuals;
    }

    private (double[,] Gram, double[] Right) With(double[] column)
    {
        var count = _columns.Count;
        var gram = new double[count + 1, count + 1];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) gram[i, j] = _gram[i, j];
            gram[i, count] = gram[count, i] = TensorPrimitives.Dot<double>(_columns[i], column);
        }

        gram[count, count] = TensorPrimitives.SumOfSquares<double>(column);
        return (gram, [.. _right, TensorPrimitives.Dot<double>(column, target)]);
    }

    private (double[] Coefficients, double Loss) Solve(double[,] gram, double[] right, double[] start)
    {
        var x = NonNegativeLeastSquares.Solve(gram, right, start);
        var loss = _square;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] == 0) continue;
            loss -= 2 * x[i] * right[i];
            for (var j = 0; j < x.Length; j++) loss += x[i] * x[j] * gram[i, j];
        }

        return (x, Math.Max(0, loss));
    }
}

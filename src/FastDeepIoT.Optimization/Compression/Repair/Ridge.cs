using System.Numerics.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>
/// A symmetric system that may be nearly singular, with as much added to its diagonal as was asked for, or more until it is not: factored
/// once (Cholesky), solved for as many right sides as come.
/// </summary>
internal sealed class Ridge
{
    private const double MostGrowth = 1e8;

    private readonly int _size;
    private readonly double[] _factor;

    /// <summary>Factors covariance + ridge.</summary>
    /// <param name="covariance">Symmetric, not negative definite; size by size.</param>
    /// <param name="size">Number of unknowns.</param>
    /// <param name="strength">The ridge as a multiple of the mean of the diagonal.</param>
    internal Ridge(double[] covariance, int size, double strength)
    {
        (_size, _factor) = (size, new double[size * size]);
        var mean = 0.0;
        for (var index = 0; index < size; index++) mean += covariance[index * size + index] / size;
        // Rounding may leave it indefinite: a larger ridge is needed.
        for (var ridge = strength * Math.Max(mean, double.Epsilon * 1e10); !Factor(covariance, ridge) && ridge < strength * MostGrowth * mean; ridge *= 100) ;
    }

    /// <summary>Solves (covariance + ridge) x = right for each row of the right side.</summary>
    internal RowMatrix Solve(RowMatrix right)
    {
        var solution = right with { Values = (double[])right.Values.Clone() };
        Parallel.For(0, right.Rows, row => Solve(solution.Row(row)));
        return solution;
    }

    /// <summary>The inverse of covariance + ridge.</summary>
    internal double[] Inverse()
    {
        var identity = RowMatrix.Zero(_size, _size);
        for (var index = 0; index < _size; index++) identity[index, index] = 1;
        return Solve(identity).Values;
    }

    private bool Factor(double[] covariance, double ridge)
    {
        for (var column = 0; column < _size; column++)
        {
            var head = Row(column)[..column];
            var square = covariance[column * _size + column] + ridge - TensorPrimitives.SumOfSquares<double>(head);
            if (!(square > 0) || !double.IsFinite(square)) return false;

            var root = Math.Sqrt(square);
            Row(column)[column] = root;
            Parallel.For(column + 1, _size, row =>
                Row(row)[column] = (covariance[row * _size + column] - TensorPrimitives.Dot<double>(Row(row)[..column], Row(column)[..column])) / root);
        }

        return true;
    }

    private void Solve(Span<double> values)
    {
        for (var row = 0; row < _size; row++)
            values[row] = (values[row] - TensorPrimitives.Dot<double>(Row(row)[..row], values[..row])) / Row(row)[row];
        for (var row = _size - 1; row >= 0; row--)
        {
            values[row] /= Row(row)[row];
            TensorPrimitives.MultiplyAdd(Row(row)[..row], -values[row], values[..row], values[..row]);
        }
    }

    private Span<double> Row(int row) => _factor.AsSpan(row * _size, _size);
}

using MathNet.Numerics.LinearAlgebra;

namespace FastDeepIoT.Optimization;

/// <summary>Solves symmetric systems that may be nearly singular, by adding to the diagonal until they are not.</summary>
internal static class Ridge
{
    private const double MostGrowth = 1e8;

    /// <summary>Solves (covariance + ridge) x = right for each row of the right side.</summary>
    /// <param name="covariance">Symmetric, not negative definite; size by size.</param>
    /// <param name="right">One system a row.</param>
    /// <param name="strength">The ridge as a multiple of the mean of the diagonal.</param>
    internal static RowMatrix Solve(double[] covariance, RowMatrix right, double strength)
    {
        var size = right.Columns;
        if (size == 0 || right.Rows == 0) return right;

        var rightSide = Matrix<double>.Build.Dense(size, right.Rows, right.Values);
        var mean = Math.Max(double.Epsilon * 1e10, Enumerable.Range(0, size).Average(index => covariance[index * size + index]));
        for (var growth = 1.0; ; growth *= 100)
        {
            var matrix = Matrix<double>.Build.Dense(size, size, (double[])covariance.Clone());
            for (var index = 0; index < size; index++) matrix[index, index] += strength * growth * mean;
            try
            {
                var solution = matrix.Cholesky().Solve(rightSide).AsColumnMajorArray();
                if (solution.All(double.IsFinite) || growth > MostGrowth) return new RowMatrix(right.Rows, size, solution);
            }
            catch (ArgumentException) when (growth <= MostGrowth)
            {
                // Rounding left it indefinite: a larger ridge is needed.
            }
        }
    }

    /// <summary>The inverse of covariance + ridge.</summary>
    internal static double[] Inverse(double[] covariance, int size, double strength)
    {
        var identity = RowMatrix.Zero(size, size);
        for (var index = 0; index < size; index++) identity[index, index] = 1;
        return Solve(covariance, identity, strength).Values;
    }
}

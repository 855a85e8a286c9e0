namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Least squares with non-negative coefficients (Lawson and Hanson, Solving Least Squares Problems, chapter 23), on the normal equations.
/// </summary>
internal static class NonNegativeLeastSquares
{
    private const double Ridge = 1e-9;
    private const double Tolerance = 1e-10;
    private const double VanishingPivot = 1e9;

    /// <summary>The x >= 0 that minimizes x'Gx - 2x'r, for a positive semi-definite G.</summary>
    internal static double[] Solve(double[,] gram, double[] right) => Solve(gram, right, new double[right.Length]);

    /// <summary>The same, from a solution of a similar problem on.</summary>
    internal static double[] Solve(double[,] gram, double[] right, double[] start)
    {
        var count = right.Length;
        var scale = new double[count];
        for (var i = 0; i < count; i++) scale[i] = gram[i, i] > 0 ? 1 / Math.Sqrt(gram[i, i]) : 0;
        var x = new double[count];
        var free = new List<int>();
        for (var i = 0; i < count; i++)
        {
            if (start[i] <= 0 || scale[i] == 0) continue;
            x[i] = start[i] / scale[i];
            free.Add(i);
        }

        if (free.Count > 0) SolveFree(gram, right, scale, x, free);
        // A coefficient that rounding keeps from turning positive waits until another one has moved.
        var waiting = new HashSet<int>();
        for (var step = 0; step < 3 * count; step++)
        {
            var next = MostPromising(gram, right, scale, x, free, waiting);
            if (next < 0) break;
            free.Add(next);
            if (SolveFree(gram, right, scale, x, free)) waiting.Clear();
            else waiting.Add(next);
        }

        for (var i = 0; i < count; i++) x[i] *= scale[i];
        return x;
    }

    private static int MostPromising(double[,] gram, double[] right, double[] scale, double[] x, List<int> free, HashSet<int> waiting)
    {
        var (best, steepest) = (-1, Tolerance);
        for (var i = 0; i < x.Length; i++)
        {
            if (scale[i] == 0 || free.Contains(i) || waiting.Contains(i)) continue;
            var gradient = right[i] * scale[i];
            foreach (var j in free) gradient -= gram[i, j] * scale[i] * scale[j] * x[j];
            if (gradient > steepest * Math.Max(1, Math.Abs(right[i] * scale[i]))) (best, steepest) = (i, gradient);
        }

        return best;
    }

    // Solves for the free coefficients; those that would turn negative leave the set, as far along the way as they stay feasible.
    private static bool SolveFree(double[,] gram, double[] right, double[] scale, double[] x, List<int> free)
    {
        var last = free[^1];
        while (free.Count > 0)
        {
            var solution = SolveEquations(gram, right, scale, free);
            if (free.Contains(last) && solution[free.IndexOf(last)] <= 0 && x[last] == 0)
            {
                free.Remove(last);
                return false;
            }

            var step = 1.0;
            for (var k = 0; k < free.Count; k++)
                if (solution[k] <= 0) step = Math.Min(step, x[free[k]] / (x[free[k]] - solution[k]));
            for (var k = 0; k < free.Count; k++) x[free[k]] += step * (solution[k] - x[free[k]]);
            if (step >= 1) return true;
            foreach (var index in free.Where(index => x[index] <= Tolerance).ToList())
            {
                x[index] = 0;
                free.Remove(index);
            }
        }

        return true;
    }

    // A Cholesky factorization in place: the systems are tiny and there are millions of them. A column that adds nothing to those before it
    // gets a pivot so large that its coefficient vanishes.
    private static double[] SolveEquations(double[,] gram, double[] right, double[] scale, List<int> free)
    {
        var count = free.Count;
        var factor = new double[count, count];
        var solution = new double[count];
        for (var i = 0; i < count; i++)
        {
            solution[i] = right[free[i]] * scale[free[i]];
            for (var j = 0; j <= i; j++)
            {
                var sum = gram[free[i], free[j]] * scale[free[i]] * scale[free[j]];
                for (var k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i != j ? sum / factor[j, j] : sum > Ridge ? Math.Sqrt(sum) : VanishingPivot;
            }

            for (var k = 0; k < i; k++) solution[i] -= factor[i, k] * solution[k];
            solution[i] /= factor[i, i];
        }

        for (var i = count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < count; k++) solution[i] -= factor[k, i] * solution[k];
            solution[i] /= factor[i, i];
        }

        return solution;
    }
}

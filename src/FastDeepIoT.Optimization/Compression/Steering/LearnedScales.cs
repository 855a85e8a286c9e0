namespace FastDeepIoT.Optimization;

/// <summary>
/// Learns from plans that were run what each part of a plan really does: a factor for what narrowing one group alone was measured to do, because
/// errors meet others on their way and repair works together. Least squares of relative errors; factors are drawn to a common one.
/// </summary>
internal static class LearnedScales
{
    private const double Pull = 0.03;
    private const int Rounds = 200;

    // Errors so large no longer add up, and ones so small are noise.
    private const double MostDivergence = 0.4, LeastDivergence = 1e-6;

    /// <summary>A factor for each part; all one where nothing was tried.</summary>
    /// <param name="parts">Number of parts.</param>
    /// <param name="tried">What the parts of a plan were expected to do, and what the plan did.</param>
    internal static double[] Fit(int parts, IEnumerable<(double[] Parts, double Divergence)> tried)
    {
        var scales = Enumerable.Repeat(1.0, parts).ToArray();
        var rows = tried.Where(plan => plan.Divergence is >= LeastDivergence and <= MostDivergence && plan.Parts.Sum() > 0)
            .Select(plan => plan.Parts.Select(part => part / plan.Divergence).ToArray()).ToList();
        if (rows.Count == 0) return scales;

        var common = Math.Exp(-rows.Average(row => Math.Log(row.Sum())));
        Array.Fill(scales, common);
        for (var round = 0; round < Rounds; round++)
            for (var part = 0; part < parts; part++)
            {
                var (top, bottom) = (Pull * common * rows.Count / (common * common), Pull * rows.Count / (common * common));
                foreach (var row in rows)
                {
                    top += row[part] * (1 - Sum(row, scales) + row[part] * scales[part]);
                    bottom += row[part] * row[part];
                }

                scales[part] = Math.Clamp(top / bottom, common / 8, common * 8);
            }

        return scales;
    }

    private static double Sum(double[] row, double[] scales) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, scales);
}

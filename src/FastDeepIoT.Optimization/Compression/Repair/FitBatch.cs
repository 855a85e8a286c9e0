namespace FastDeepIoT.Optimization;

/// <summary>Rows that a site is fitted to, of one batch of samples.</summary>
/// <param name="Features">What the site sees now, row by row.</param>
/// <param name="Sums">What the sums should be that its outputs end up in, row by row.</param>
/// <param name="Addend">What is added to its outputs now; null when nothing is.</param>
/// <param name="Rows">Number of rows.</param>
internal sealed record FitBatch(float[] Features, float[] Sums, float[]? Addend, int Rows)
{
    /// <summary>What the outputs should be.</summary>
    internal float[] Outputs() => Addend is null ? Sums : Without(Sums);

    /// <summary>What the outputs had best be, if they are now others: where an activation cuts off both, they may stay.</summary>
    internal float[] Outputs(SiteTail tail, float[] now)
    {
        var wanted = new float[now.Length];
        for (var at = 0; at < now.Length; at++) wanted[at] = tail.Wanted(now[at] + (Addend is null ? 0 : Addend[at]), Sums[at]);
        return Addend is null ? wanted : Without(wanted);
    }

    private float[] Without(float[] sums)
    {
        var outputs = new float[sums.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract(sums, Addend, outputs);
        return outputs;
    }
}

namespace FastDeepIoT.Optimization;

/// <summary>Whether two models compute the same outputs.</summary>
/// <param name="Passed">True when every output agreed.</param>
/// <param name="MaxRelativeDifference">Largest difference, relative to the largest magnitude of the output it is in.</param>
/// <param name="Runs">How many sets of inputs were tried.</param>
/// <param name="Reason">What disagreed, or why nothing could be compared; null when all is well.</param>
public sealed record VerificationResult(bool Passed, double MaxRelativeDifference, int Runs, string? Reason)
{
    /// <summary>
    /// How far the original differs from itself when its additions are ordered otherwise and its weights and inputs differ in their last
    /// bit, in the same measure: its rounding noise. Measured only where a difference exceeded the tolerance, otherwise 0.
    /// </summary>
    public double Noise { get; init; }

    /// <summary>Whether it failed because the original gave nothing to compare with.</summary>
    internal bool NothingToCompare { get; init; }

    internal static VerificationResult Failed(string reason, double difference = double.PositiveInfinity, int runs = 0) => new(false, difference, runs, reason);
}

namespace FastDeepIoT.TimeModel;

/// <summary>A width and the neighbours that are better.</summary>
/// <param name="Width">The width in elements.</param>
/// <param name="Wider">The wider neighbour that is faster by more than the threshold; null when there is none.</param>
/// <param name="Narrower">The narrower neighbour that is faster by more than it is narrower; null when there is none.</param>
/// <param name="Free">Without a faster one, the widest neighbour that costs no more; null when there is none.</param>
public sealed record Cliff(long Width, WidthComparison? Wider, WidthComparison? Narrower, WidthComparison? Free);

/// <summary>
/// How many times as long layers take at a width as at <paramref name="Width"/>, over situations such as input sizes.
/// </summary>
/// <param name="Width">The other width in elements.</param>
/// <param name="Median">The ratio in the middle situation.</param>
/// <param name="LowerQuartile">The expected ratio that a quarter of the situations are below.</param>
/// <param name="Smallest">The smallest expected ratio.</param>
/// <param name="Largest">The largest expected ratio.</param>
public sealed record WidthComparison(long Width, TimeRatio Median, double LowerQuartile, double Smallest, double Largest)
{
    /// <summary>The lowest ratio that is still as stated: in any situation, at the low end of the interval.</summary>
    public double Low => Smallest * Median.Low / Median.Expected;

    /// <summary>The highest ratio that is still as stated.</summary>
    public double High => Largest * Median.High / Median.Expected;
}

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
/// <param name="LowerQuartile">A quarter of the situations have a smaller ratio.</param>
/// <param name="Smallest">The smallest expected ratio.</param>
/// <param name="Largest">The largest expected ratio.</param>
public sealed record WidthComparison(
    long Width, TimeRatio Median, TimeRatio LowerQuartile, double Smallest, double Largest);

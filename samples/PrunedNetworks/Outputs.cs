namespace PrunedNetworks;

/// <summary>Compares what two networks compute.</summary>
internal static class Outputs
{
    /// <summary>The largest difference of any output, relative to the largest output of the same item.</summary>
    internal static double RelativeDifference(IEnumerable<float[]> left, IEnumerable<float[]> right) =>
        left.Zip(right).Max(pair => pair.First.Zip(pair.Second).Max(values => Math.Abs((double)values.First - values.Second)) / pair.First.Max(Math.Abs));
}

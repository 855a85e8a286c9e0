namespace FastDeepIoT.Profiling.Learning;

/// <summary>Splits samples so that those of one network stay together: layers of one network resemble each other.</summary>
internal static class Folds
{
    internal const int Count = 4;

    /// <summary>The fold of a network, fixed for all time.</summary>
    internal static int Of(int network) => (int)((uint)network * 2654435761u >> 16) % Count;

    /// <summary>Each fold as the samples to learn from and the samples to judge by.</summary>
    internal static IEnumerable<(int[] Learn, int[] Judge)> Split(SampleTable table, IReadOnlyList<int> samples) =>
        Enumerable.Range(0, Count).Select(fold =>
            (samples.Where(sample => Of(table.Networks[sample]) != fold).ToArray(),
             samples.Where(sample => Of(table.Networks[sample]) == fold).ToArray()));
}

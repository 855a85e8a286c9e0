namespace PrunedNetworks;

/// <summary>Images of noise, the same in every run: enough where only time and equality matter.</summary>
internal static class RandomImages
{
    internal static IReadOnlyList<float[]> Create(int count, int values)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, values).Select(_ => 2 * random.NextSingle() - 1).ToArray())];
    }
}

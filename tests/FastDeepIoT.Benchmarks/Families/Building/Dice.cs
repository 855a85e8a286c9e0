namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Random numbers that are the same on every version of .NET (SplitMix64, Steele et al. 2014), so that a seed always gives the same files.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice for one purpose: other purposes of the same seed do not disturb it.</summary>
    internal static Dice For(int seed, string purpose)
    {
        var hash = 14695981039346656037UL ^ (ulong)(uint)seed * 0x9E3779B97F4A7C15;
        foreach (var letter in purpose) hash = (hash ^ letter) * 1099511628211;
        return new Dice(hash);
    }

    /// <summary>Between 0 (inclusive) and 1 (exclusive).</summary>
    internal float Next() => (Bits() >> 40) * (1f / (1 << 24));

    /// <summary>Between two numbers.</summary>
    internal double Between(double low, double high) => low + (high - low) * Next();

    /// <summary>One of some values.</summary>
    internal T Of<T>(params IReadOnlyList<T> values) => values[(int)(Next() * values.Count)];

    /// <summary>True with a probability.</summary>
    internal bool Chance(double probability) => Next() < probability;

    private ulong Bits()
    {
        var bits = _state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

namespace FastDeepIoT.Profiling.Probes;

/// <summary>
/// The random choices of a probe network, from a seed. Sizes follow what networks use: their logarithm is uniform, and a width is a
/// multiple of a random power of two, because designers like round numbers and pruners do not.
/// </summary>
internal sealed class ProbeRandom
{
    private const int PoolSize = 1 << 18;
    private static readonly float[] NormalPool = MakePool();
    private const int MostBits = 5;
    private readonly Random _values;
    private readonly int _granularity;
    private readonly int _shift;
    private Random _random;

    /// <summary>A sequence of choices. All widths mostly share a power of two; a shift moves each of them by as much.</summary>
    internal ProbeRandom(int seed, int shift = 0)
    {
        _random = new Random(seed);
        _values = new Random(seed);
        _granularity = 1 << _random.Next(MostBits + 1);
        _shift = shift;
    }

    /// <summary>From here on makes the same choices as after the last time with this number; the values of weights go on.</summary>
    internal void Restart(int choice) => _random = new Random(choice);

    /// <summary>True with this probability.</summary>
    internal bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>An integer from 0 up to but without <paramref name="end"/>.</summary>
    internal int Below(int end) => _random.Next(end);

    /// <summary>One of the choices.</summary>
    internal T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>An integer whose logarithm is uniform between those of the bounds.</summary>
    internal long Size(double smallest, double largest) =>
        (long)Math.Round(Math.Exp(Math.Log(smallest) + _random.NextDouble() * (Math.Log(Math.Max(smallest, largest)) - Math.Log(smallest))));

    /// <summary>
    /// A number of channels: like <see cref="Size"/>, then mostly rounded to this network's granularity, so that a network is aligned
    /// to something or, with granularity 1, to nothing.
    /// </summary>
    internal long Width(double smallest, double largest)
    {
        var size = Size(smallest, largest);
        return (Chance(0.15) ? size : Math.Max(1, (size + _granularity / 2) / _granularity) * _granularity) + _shift;
    }

    /// <summary>Normal floats.</summary>
    internal float[] Normal(IReadOnlyList<long> shape, double deviation)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var offset = _values.Next(PoolSize);
        for (var i = 0; i < values.Length; i++) values[i] = (float)(NormalPool[(offset + i) & (PoolSize - 1)] * deviation);
        return values;
    }

    private static float[] MakePool()
    {
        var random = new Random(PoolSize);
        var pool = new float[PoolSize];
        for (var i = 0; i < pool.Length; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            pool[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble())) + 1e-3f;
        }

        return pool;
    }
}

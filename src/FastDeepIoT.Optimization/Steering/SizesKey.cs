namespace FastDeepIoT.Optimization;

/// <summary>Some sizes in order, to look things up by.</summary>
internal readonly struct SizesKey : IEquatable<SizesKey>
{
    private readonly long[] _sizes;
    private readonly int _hash;

    internal SizesKey(long[] sizes)
    {
        _sizes = sizes;
        var hash = new HashCode();
        foreach (var size in sizes) hash.Add(size);
        _hash = hash.ToHashCode();
    }

    public bool Equals(SizesKey other) => _hash == other._hash && _sizes.AsSpan().SequenceEqual(other._sizes);

    public override bool Equals(object? obj) => obj is SizesKey other && Equals(other);

    public override int GetHashCode() => _hash;
}

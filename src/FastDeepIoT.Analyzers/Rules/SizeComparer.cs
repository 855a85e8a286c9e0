using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>Sizes with the same numbers are the same size.</summary>
internal sealed class SizeComparer : IEqualityComparer<IReadOnlyList<long>?>
{
    internal static SizeComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(IReadOnlyList<long>? left, IReadOnlyList<long>? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right));

    /// <inheritdoc/>
    public int GetHashCode(IReadOnlyList<long>? size) =>
        size is null ? 0 : (int)size.Aggregate(17L, (hash, axis) => (hash * 31) + axis);
}

using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>Arithmetic on the sizes of spatial axes.</summary>
internal static class Size
{
    /// <summary>One number for every axis, or the numbers as they are; null when their count is another.</summary>
    internal static IReadOnlyList<long>? Over(int rank, IReadOnlyList<long> size) =>
        size.Count == rank ? size : size.Count == 1 ? Enumerable.Repeat(size[0], rank).ToArray() : null;

    /// <summary>How many elements a window moved over an axis gives; not positive when it does not fit.</summary>
    internal static long Windows(long size, long kernel, long stride, long padding, long dilation, bool roundUp = false)
    {
        var room = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : ((room + (roundUp ? stride - 1 : 0)) / stride) + 1;
    }

    /// <summary>Elements of all axes together.</summary>
    internal static long Product(IReadOnlyList<long> size) => size.Aggregate(1L, (product, axis) => product * axis);
}

using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Sizes to consider where code does not tell them: Fibonacci's numbers, which grow geometrically and favour no alignment, from
/// the middle outwards, so that most questions are settled early. What the device model never saw drops out by itself.
/// </summary>
internal static class Situations
{
    private static readonly long[] _numbers = [21, 13, 34, 8, 55, 5, 89, 3, 144, 2, 233, 1, 377, 610, 987, 1597, 2584, 4181];

    /// <summary>One number for every axis.</summary>
    internal static IReadOnlyList<IReadOnlyList<long>?> Spread { get; } =
        [.. _numbers.Select(number => new[] { number })];

    /// <summary>The same size in every situation, so that situations still correspond between chains.</summary>
    internal static IReadOnlyList<IReadOnlyList<long>?> Always(IReadOnlyList<long> size) =>
        Enumerable.Repeat(size, Spread.Count).ToArray();
}

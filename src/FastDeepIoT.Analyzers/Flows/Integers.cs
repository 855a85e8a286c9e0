using System;
using System.Globalization;

namespace FastDeepIoT.Analyzers;

/// <summary>Whole numbers: divisors, multiples, and constants of any integer type.</summary>
internal static class Integers
{
    internal static long CommonDivisor(long left, long right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }

    internal static long CommonMultiple(long left, long right) => left / CommonDivisor(left, right) * right;

    /// <summary>The number that a constant of an integer type is; null for any other.</summary>
    internal static long? Of(object? constant) => constant switch
    {
        int or long or short or sbyte or byte or ushort or uint => Convert.ToInt64(constant, CultureInfo.InvariantCulture),
        ulong number when number <= long.MaxValue => (long)number,
        _ => null,
    };
}

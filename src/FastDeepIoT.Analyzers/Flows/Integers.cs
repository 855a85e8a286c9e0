namespace FastDeepIoT.Analyzers;

/// <summary>Divisors and multiples.</summary>
internal static class Integers
{
    internal static long CommonDivisor(long left, long right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }

    internal static long CommonMultiple(long left, long right) => left / CommonDivisor(left, right) * right;
}

namespace FastDeepIoT.Optimization;

/// <summary>One tensor of the original's outputs and its counterpart.</summary>
internal sealed class LeafComparison
{
    private readonly AxisSlices? _magnitude;
    private readonly AxisSlices? _difference;
    private readonly double _largestMagnitude;
    private readonly double _largestDifference;

    internal LeafComparison(OutputLeaf expected, OutputLeaf actual)
    {
        (Expected, Broken) = (expected, Mismatch(expected, actual));
        if (Broken is not null) return;

        if (expected.Reals is null)
        {
            Differing = [.. Enumerable.Range(0, expected.Count).Where(index => !expected.IsSame(actual, index))];
            return;
        }

        var (magnitudes, differences) = (new double[expected.Count], new double[expected.Count]);
        for (var index = 0; index < expected.Count && Broken is null; index++) Broken = Compare(expected.Reals[index], actual.Reals![index], index, magnitudes, differences);
        (_magnitude, _difference) = (AxisSlices.Of(magnitudes, expected.Shape), AxisSlices.Of(differences, expected.Shape));
        (_largestMagnitude, _largestDifference) = (magnitudes.DefaultIfEmpty().Max(), differences.DefaultIfEmpty().Max());
    }

    /// <summary>The original's.</summary>
    internal OutputLeaf Expected { get; }

    /// <summary>What cannot be explained by rounding, as a clause; null when there is nothing of that kind.</summary>
    internal string? Broken { get; }

    /// <summary>Elements that are no real numbers and differ.</summary>
    internal IReadOnlyList<int> Differing { get; } = [];

    /// <summary>The differences of real numbers, by slice; null for all else.</summary>
    internal AxisSlices? Difference => _difference;

    /// <summary>The largest difference of real numbers, relative to the largest magnitude.</summary>
    internal double Relative => _largestDifference == 0 ? 0 : _largestDifference / Math.Max(_largestMagnitude, double.Epsilon);

    /// <summary>Whether both are the same but for the rounding of a few operations.</summary>
    internal bool IsWithin(double tolerance) => Broken is null && Differing.Count == 0 && (_difference is null || _difference.IsWithin(_magnitude!, tolerance));

    private static string? Mismatch(OutputLeaf expected, OutputLeaf actual)
    {
        if (expected.Kind != actual.Kind) return $"is {actual.Kind} instead of {expected.Kind}";
        if (expected.Kind.StartsWith("a kind", StringComparison.Ordinal)) return $"is {expected.Kind}";
        return expected.Shape.AsSpan().SequenceEqual(actual.Shape) ? null
            : $"has shape [{string.Join(", ", actual.Shape)}] instead of [{string.Join(", ", expected.Shape)}]";
    }

    // What is not a number in both is the same, and so is the same infinity.
    private static string? Compare(double expected, double actual, int index, double[] magnitudes, double[] differences)
    {
        if (double.IsFinite(expected) && double.IsFinite(actual))
            (magnitudes[index], differences[index]) = (Math.Abs(expected), Math.Abs(expected - actual));
        else if (!expected.Equals(actual))
            return FormattableString.Invariant($"has {actual} where {expected} was");
        return null;
    }
}

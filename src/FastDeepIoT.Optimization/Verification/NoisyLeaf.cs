namespace FastDeepIoT.Optimization;

/// <summary>A tensor of the outputs that differs, and the noise in it as far as it was measured.</summary>
internal sealed class NoisyLeaf(LeafComparison leaf, int index)
{
    private readonly HashSet<int> _unexplained = [.. leaf.Differing];
    private AxisSlices? _noise;

    /// <summary>Which of the outputs it is.</summary>
    internal int Index { get; } = index;

    /// <summary>What is wrong, if nothing explains it.</summary>
    internal string Complaint => leaf.Difference is null
        ? $"output '{leaf.Expected.Name}' differs in {(leaf.Expected.Texts is null ? "integers or truth values" : "its texts")}"
        : FormattableString.Invariant($"output '{leaf.Expected.Name}' differs by {leaf.Relative:0.0e+0} of its magnitude, more than rounding explains");

    /// <summary>Whether no noise could explain the difference, however large.</summary>
    internal bool IsTooLarge(VerificationOptions options) => leaf.Difference is not null && leaf.Relative > options.LargestTolerance;

    /// <summary>Takes a sample of the noise into account, a tensor as a model computes it and as it came out disturbed; returns its relative size.</summary>
    internal double Add(OutputLeaf undisturbed, OutputLeaf noisy)
    {
        var sample = new LeafComparison(undisturbed, noisy);
        if (sample.Broken is not null) return 0;

        _unexplained.ExceptWith(sample.Differing);
        if (sample.Difference is not { } difference) return 0;
        if (_noise is null) _noise = difference;
        else _noise.Include(difference);
        return sample.Relative;
    }

    /// <summary>Whether the noise explains the difference.</summary>
    internal bool IsExplained(VerificationOptions options) => leaf.Difference is { } difference
        ? leaf.Relative <= options.LargestTolerance && _noise is not null && difference.IsWithin(_noise, options.NoiseFactor)
        : _unexplained.Count == 0;
}

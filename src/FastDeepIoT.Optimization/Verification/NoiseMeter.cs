namespace FastDeepIoT.Optimization;

/// <summary>
/// How far the outputs of the original and of the rewritten model differ for no other reason than rounding, each from itself. What a rewrite may change
/// is what this explains, part by part of every output: one channel's error is not hidden by another channel's noise.
/// </summary>
/// <remarks>
/// Both are asked: the runtime may compute the rewritten model in an order that it cannot compute the original in, for instance because weights became
/// constant. What is cheap to ask comes first; more samples never take back what fewer explain.
/// </remarks>
internal sealed class NoiseMeter(NoiseSource original, NoiseSource rewritten, VerificationOptions options)
{
    // A part that one sample happens to leave unchanged, another one changes.
    private const int MostSamples = 48;

    private static readonly Range[] CheapFirst = [Range.EndAt(NoiseSource.OfInputs), new(NoiseSource.OfInputs, MostSamples)];

    /// <summary>The largest noise measured, relative to the largest magnitude of its output.</summary>
    internal double Largest { get; private set; }

    /// <summary>What noise does not explain, as a sentence; null when it explains every difference.</summary>
    /// <param name="inputs">The inputs of the run.</param>
    /// <param name="expected">The original's outputs.</param>
    /// <param name="actual">The rewritten model's outputs.</param>
    /// <param name="doubtful">Outputs that differ by more than a few roundings.</param>
    internal string? Unexplained(
        InputSet inputs, IReadOnlyList<OutputLeaf> expected, IReadOnlyList<OutputLeaf> actual, IEnumerable<LeafComparison> doubtful)
    {
        var open = doubtful.Select(leaf => new NoisyLeaf(leaf, expected.ToList().IndexOf(leaf.Expected))).ToList();
        if (open.Find(leaf => leaf.IsTooLarge(options)) is { } large) return large.Complaint;

        foreach (var samples in CheapFirst)
        {
            Explain(open, original, samples, inputs, expected);
            Explain(open, rewritten, samples, inputs, actual);
        }

        return open.Count == 0 ? null : open[0].Complaint;
    }

    private void Explain(List<NoisyLeaf> open, NoiseSource source, Range samples, InputSet inputs, IReadOnlyList<OutputLeaf> undisturbed)
    {
        for (var sample = samples.Start.Value; sample < samples.End.Value && open.Count > 0; sample++)
        {
            if (source.Sample(inputs, sample) is not { } noisy || noisy.Count != undisturbed.Count) continue;
            foreach (var leaf in open) Largest = Math.Max(Largest, leaf.Add(undisturbed[leaf.Index], noisy[leaf.Index]));
            open.RemoveAll(leaf => leaf.IsExplained(options));
        }
    }
}

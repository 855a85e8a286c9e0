namespace FastDeepIoT.Optimization;

/// <summary>Runs two models on one set of inputs after another, until they disagree.</summary>
internal sealed class ModelComparison(Subject left, Subject right, NoiseMeter noise, VerificationOptions options)
{
    // Outputs that were never a finite number so far: nothing of them has been compared.
    private HashSet<string>? _unseen;
    private double _largest;
    private int _runs;
    private string? _why;

    /// <summary>Whether they agreed on all inputs on which the original runs.</summary>
    /// <param name="trials">Makers of inputs; null for inputs that cannot be made.</param>
    /// <param name="cancellation">Stops the comparison, in the middle of a run too.</param>
    internal VerificationResult Run(IEnumerable<Func<InputSet?>> trials, CancellationToken cancellation)
    {
        foreach (var make in trials)
        {
            cancellation.ThrowIfCancellationRequested();
            if (make() is not { } inputs) continue;
            using (inputs)
                if (Disagreement(inputs, cancellation) is { } disagreement)
                    return VerificationResult.Failed(disagreement, _largest, _runs) with { Noise = noise.Largest };
        }

        if (_unseen is { Count: > 0 } unseen) return VerificationResult.Failed($"output '{unseen.First()}' of the original is never a finite number, so it could not be compared", runs: _runs) with { NothingToCompare = true };

        return _runs > 0
            ? new VerificationResult(true, _largest, _runs, null) { Noise = noise.Largest }
            : VerificationResult.Failed($"the original does not run on random inputs, so nothing could be compared{(_why is null ? "" : $": {_why}")}") with { NothingToCompare = true };
    }

    private string? Disagreement(InputSet inputs, CancellationToken cancellation)
    {
        if (left.TryRun(inputs, cancellation, out var why) is not { } expected)
        {
            _why ??= why;
            return null;
        }

        if (_runs++ == 0 && !IsRepeatable(inputs, expected, cancellation)) return "the model gives other outputs each time it is run on the same inputs, so two runs cannot be compared";
        if (right.TryRun(inputs, cancellation, out why) is not { } actual) return $"the rewritten model cannot be run: {why}";
        if (expected.Count != actual.Count) return "the rewritten model has another number of outputs";

        See(expected);
        var leaves = expected.Zip(actual, (one, other) => new LeafComparison(one, other)).ToList();
        _largest = Math.Max(_largest, leaves.Max(leaf => leaf.Relative));
        if (leaves.Find(leaf => leaf.Broken is not null) is { } broken) return $"output '{broken.Expected.Name}' {broken.Broken}";

        var doubtful = leaves.FindAll(leaf => !leaf.IsWithin(options.Tolerance));
        return doubtful.Count == 0 ? null : noise.Unexplained(inputs, expected, actual, doubtful);
    }

    private void See(IReadOnlyList<OutputLeaf> expected)
    {
        _unseen ??= [.. expected.Where(leaf => leaf.Reals is { Length: > 0 }).Select(leaf => leaf.Name)];
        foreach (var leaf in expected.Where(leaf => leaf.Reals is { } reals && Array.Exists(reals, double.IsFinite))) _unseen.Remove(leaf.Name);
    }

    private bool IsRepeatable(InputSet inputs, IReadOnlyList<OutputLeaf> expected, CancellationToken cancellation) =>
        left.TryRun(inputs, cancellation, out _) is { } again && again.Count == expected.Count
        && expected.Zip(again, (one, other) => new LeafComparison(one, other)).All(leaf => leaf.IsWithin(0));
}

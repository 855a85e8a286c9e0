using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Runs two models on the same inputs and compares what they compute.</summary>
public static class Verifier
{
    /// <summary>Compares a rewritten model with the original.</summary>
    /// <param name="original">The model as it was.</param>
    /// <param name="rewritten">The model after a rewrite.</param>
    /// <param name="file">The file the original came from: for messages, and to find external data beside it.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="cancellation">Stops the comparison, in the middle of a run too.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the original.</exception>
    public static VerificationResult Compare(
        ModelProto original, ModelProto rewritten, string? file = null, VerificationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VerificationOptions();
        if (RandomOperators.In(original) is { } random)
            return VerificationResult.Failed($"the model draws random numbers ({random}), so two runs cannot be compared");
        if (original.Graph.Input.FirstOrDefault(IsEmpty) is { } empty)
            return VerificationResult.Failed($"input '{empty.Name}' is declared with a size of 0, so there is nothing to run the models on");
        if (IntegerDivisions.Problem(original, file) is { } division) return VerificationResult.Failed(division);
        if (Problem(original, file, options, out var bytes) is { } problem) return VerificationResult.Failed(problem);

        using var memory = MemoryGate.Enter(bytes, MemoryNeed.Available(options), cancellation);
        using var late = new CancellationTokenSource(options.LongestComparison);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var left = new Subject(original, file, options.Level, options.LongestRun);
            var result = Compare(left, original, rewritten, file, options, either.Token);
            return result.Passed ? CompareBranches(result, original, rewritten, file, options, either.Token) : result;
        }
        catch (OutOfMemoryException)
        {
            return VerificationResult.Failed("there was not enough memory to run both models");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return VerificationResult.Failed(FormattableString.Invariant($"the comparison takes longer than {options.LongestComparison.TotalSeconds:0} s"));
        }
    }

    private static string? Problem(ModelProto original, string? file, VerificationOptions options, out double bytes)
    {
        var graph = SizedGraph.Of(original, file, options);
        return MemoryNeed.Problem(original, graph, options, out bytes) ?? (graph is null ? null : EmptyTensors.Problem(graph));
    }

    private static bool IsEmpty(ValueInfoProto input) => input.Type?.TensorType?.Shape?.Dim.Any(size => size is { HasDimValue: true, DimValue: 0 }) == true;

    // Branches that lead nowhere when they are forced, because they are for other inputs, are none that can be compared.
    private static VerificationResult CompareBranches(
        VerificationResult result, ModelProto original, ModelProto rewritten, string? file, VerificationOptions options, CancellationToken cancellation)
    {
        foreach (var forced in ForcedBranches.Of(original, rewritten))
        {
            Subject left;
            try
            {
                left = new Subject(forced.Original, file, options.Level, options.LongestRun);
            }
            catch (InputException e) when (!e.IsOfFiles)
            {
                continue;
            }

            using (left)
            {
                var other = Compare(left, forced.Original, forced.Rewritten, file, options with { OtherSizes = false }, cancellation);
                if (other.NothingToCompare) continue;
                if (!other.Passed) return other with { Reason = $"with every If forced into its {forced.Branch}, {other.Reason}" };
                result = result with
                {
                    MaxRelativeDifference = Math.Max(result.MaxRelativeDifference, other.MaxRelativeDifference),
                    Noise = Math.Max(result.Noise, other.Noise),
                    Runs = result.Runs + other.Runs,
                };
            }
        }

        return result;
    }

    private static VerificationResult Compare(
        Subject left, ModelProto original, ModelProto rewritten, string? file, VerificationOptions options, CancellationToken cancellation)
    {
        using var originalNoise = new NoiseSource(left, original, file, options, cancellation);
        try
        {
            using var right = new Subject(rewritten, file, options.Level, options.LongestRun);
            using var rewrittenNoise = new NoiseSource(right, rewritten, file, options, cancellation);
            var noise = new NoiseMeter(originalNoise, rewrittenNoise, options);
            bool Fits(FreeDimensions sizes) => Problem(original, file, options with { FreeDimensions = sizes, Shapes = null }, out _) is null;
            return new ModelComparison(left, right, noise, options).Run(TrialInputs.All(left.Chain.Inputs, options, Fits), cancellation);
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return VerificationResult.Failed($"the rewritten model cannot be loaded: {e.Message}");
        }
    }
}

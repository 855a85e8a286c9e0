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
        if (MemoryNeed.Problem(original, file, options) is { } problem) return VerificationResult.Failed(problem);

        try
        {
            using var left = new Subject(original, file, options.Level, options.LongestRun);
            return Compare(left, original, rewritten, file, options, cancellation);
        }
        catch (OutOfMemoryException)
        {
            return VerificationResult.Failed("there was not enough memory to run both models");
        }
    }

    private static VerificationResult Compare(
        Subject left, ModelProto original, ModelProto rewritten, string? file, VerificationOptions options, CancellationToken cancellation)
    {
        using var noise = new NoiseMeter(left, original, file, options, cancellation);
        try
        {
            using var right = new Subject(rewritten, file, options.Level, options.LongestRun);
            return new ModelComparison(left, right, noise, options).Run(cancellation);
        }
        catch (InputException e)
        {
            return VerificationResult.Failed($"the rewritten model cannot be loaded: {e.Message}");
        }
    }
}

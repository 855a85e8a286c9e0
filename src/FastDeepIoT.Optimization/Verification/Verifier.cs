using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>Runs two models on the same random inputs and compares what they compute.</summary>
public static class Verifier
{
    private static readonly HashSet<string> Random =
        ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"];

    /// <summary>Compares a rewritten model with the original.</summary>
    /// <param name="original">The model as it was.</param>
    /// <param name="rewritten">The model after a rewrite.</param>
    /// <param name="file">The file the original came from: for messages, and to find external data beside it.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the original.</exception>
    public static VerificationResult Compare(
        ModelProto original, ModelProto rewritten, string? file = null, VerificationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VerificationOptions();
        if (Nodes(original.Graph).FirstOrDefault(node => Random.Contains(node.OpType)) is { } random)
            return VerificationResult.Failed($"the model draws random numbers ({random.OpType}), so two runs cannot be compared");

        using var left = new Subject(original, file, options.Level);
        using var noise = new NoiseMeter(original, file, options);
        try
        {
            using var right = new Subject(rewritten, file, options.Level);
            return Compare(left, right, noise, options, cancellation);
        }
        catch (InputException e)
        {
            return VerificationResult.Failed($"the rewritten model cannot be loaded: {e.Message}");
        }
    }

    private static VerificationResult Compare(Subject left, Subject right, NoiseMeter noise, VerificationOptions options, CancellationToken cancellation)
    {
        var largest = 0.0;
        var runs = 0;
        foreach (var (scale, run) in options.InputScales.Select((scale, run) => (scale, run)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var inputs = new RandomInputs(left.Session, options.FreeDimensions, options.Seed + run, scale);
            if (!left.TryRun(inputs, out var expected, out var why)) continue;
            using (expected)
            {
                runs++;
                if (!right.TryRun(inputs, out var actual, out why)) return VerificationResult.Failed($"the rewritten model cannot be run: {why}", runs: runs);
                using (actual)
                {
                    var (difference, disagreement) = OutputComparison.Compare(left.Session.OutputNames, expected, actual, options.Tolerance, noise.For(inputs, expected));
                    largest = Math.Max(largest, difference);
                    if (disagreement is not null) return VerificationResult.Failed(disagreement, largest, runs) with { Noise = noise.Largest };
                }
            }
        }

        return runs == 0
            ? VerificationResult.Failed("the original does not run on random inputs, so nothing could be compared")
            : new VerificationResult(true, largest, runs, null) { Noise = noise.Largest };
    }

    private static IEnumerable<NodeProto> Nodes(GraphProto graph) => graph.Node.SelectMany(node => node.Attribute
        .SelectMany(attribute => attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs)
        .SelectMany(Nodes).Prepend(node));
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Runs of one model that differ by rounding alone: with another last bit of every input, in the other order in which the runtime itself computes it,
/// and with another last bit of every weight too (Monte Carlo arithmetic; Parker 1997).
/// </summary>
internal sealed class NoiseSource(Subject subject, ModelProto model, string? file, VerificationOptions options, CancellationToken cancellation) : IDisposable
{
    /// <summary>So many samples change inputs only: that needs no other session, and opening one takes longer than many runs of a small model.</summary>
    internal const int OfInputs = 4;

    private const int SamplesPerModel = 4;

    private readonly List<Subject> _perturbed = [];
    private Subject? _plain;

    /// <summary>The outputs of one run; null when it does not run on these inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="sample">Which run: first those of other inputs, then the one in the other order, then those of other weights.</param>
    internal IReadOnlyList<OutputLeaf>? Sample(InputSet inputs, int sample)
    {
        cancellation.ThrowIfCancellationRequested();
        if (sample == OfInputs)
            return (_plain ??= new Subject(model, file, GraphOptimizationLevel.ORT_DISABLE_ALL, options.LongestRun)).TryRun(inputs, cancellation, out _);

        using var other = inputs.WithOtherLastBits(sample);
        return (sample < OfInputs ? subject : Perturbed((sample - OfInputs - 1) / SamplesPerModel)).TryRun(other, cancellation, out _);
    }

    public void Dispose()
    {
        _plain?.Dispose();
        foreach (var perturbed in _perturbed) perturbed.Dispose();
    }

    private Subject Perturbed(int index)
    {
        if (index < _perturbed.Count) return _perturbed[index];
        try
        {
            _perturbed.Add(new Subject(LastBits.Change(model, index + 1), file, options.Level, options.LongestRun));
        }
        catch (TimeModel.InputException)
        {
            return subject; // a model that needs its constants to the last bit
        }

        return _perturbed[^1];
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// How far a model's outputs differ for no other reason than rounding: between the two orders in which the runtime itself computes them,
/// and when the last bit of every weight and input is another (Monte Carlo arithmetic; Parker 1997). What a rewrite may change is what this
/// explains, part by part of every output: one channel's error is not hidden by another channel's noise.
/// </summary>
internal sealed class NoiseMeter(Subject original, ModelProto model, string? file, VerificationOptions options, CancellationToken cancellation) : IDisposable
{
    // A part that one sample happens to leave unchanged, another one changes.
    private const int MostSamples = 48, SamplesPerModel = 4;

    private readonly List<Subject> _perturbed = [];
    private Subject? _plain;

    /// <summary>The largest noise measured, relative to the largest magnitude of its output.</summary>
    internal double Largest { get; private set; }

    /// <summary>What noise does not explain, as a sentence; null when it explains every difference.</summary>
    /// <param name="inputs">The inputs of the run.</param>
    /// <param name="expected">The original's outputs.</param>
    /// <param name="doubtful">Outputs that differ by more than a few roundings.</param>
    internal string? Unexplained(InputSet inputs, IReadOnlyList<OutputLeaf> expected, List<LeafComparison> doubtful)
    {
        var open = doubtful.Select(leaf => new NoisyLeaf(leaf, expected.ToList().IndexOf(leaf.Expected))).ToList();
        for (var sample = 0; sample < MostSamples && open.Count > 0; sample++)
        {
            if (Sample(inputs, sample) is not { } noisy || noisy.Count != expected.Count) continue;
            foreach (var leaf in open) Largest = Math.Max(Largest, leaf.Add(noisy[leaf.Index]));
            open.RemoveAll(leaf => leaf.IsExplained(options));
        }

        return open.Count == 0 ? null : open[0].Complaint;
    }

    public void Dispose()
    {
        _plain?.Dispose();
        foreach (var subject in _perturbed) subject.Dispose();
    }

    private IReadOnlyList<OutputLeaf>? Sample(InputSet inputs, int sample)
    {
        cancellation.ThrowIfCancellationRequested();
        if (sample == 0)
            return (_plain ??= new Subject(model, file, GraphOptimizationLevel.ORT_DISABLE_ALL, options.LongestRun)).TryRun(inputs, cancellation, out _);

        using var other = inputs.WithOtherLastBits(sample);
        return Perturbed((sample - 1) / SamplesPerModel).TryRun(other, cancellation, out _);
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
            return original; // a model that needs its constants to the last bit
        }

        return _perturbed[^1];
    }
}

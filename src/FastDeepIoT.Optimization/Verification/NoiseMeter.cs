using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>How far a model's outputs differ between two ways the runtime itself computes them: optimized, and node for node.</summary>
internal sealed class NoiseMeter(ModelProto model, string? file, VerificationOptions options) : IDisposable
{
    private Subject? _plain;

    /// <summary>The largest noise measured.</summary>
    internal double Largest { get; private set; }

    /// <summary>The difference allowed for an output of a run, measured when asked.</summary>
    internal Func<int, double> For(RandomInputs inputs, IReadOnlyList<OrtValue> optimized)
    {
        IReadOnlyList<double>? noise = null;
        return output =>
        {
            noise ??= Measure(inputs, optimized);
            Largest = Math.Max(Largest, noise[output]);
            return Math.Min(options.LargestTolerance, options.NoiseFactor * noise[output]);
        };
    }

    public void Dispose() => _plain?.Dispose();

    private IReadOnlyList<double> Measure(RandomInputs inputs, IReadOnlyList<OrtValue> optimized)
    {
        _plain ??= new Subject(model, file, GraphOptimizationLevel.ORT_DISABLE_ALL);
        if (!_plain.TryRun(inputs, out var outputs, out _)) return new double[optimized.Count];
        using (outputs) return optimized.Select((value, index) => OutputComparison.Difference(value, outputs[index])).ToList();
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>Runs the part of a model that some of its tensors need, batch by batch, and hands these out.</summary>
internal sealed class ActivationRun : IDisposable
{
    private readonly SessionOptions _options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, Environment.ProcessorCount);
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<string> _tensors;
    private readonly HashSet<string> _inputs;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="tensors">The tensors to hand out: outputs of nodes, or inputs of the model.</param>
    internal ActivationRun(ModelProto model, IEnumerable<string> tensors)
    {
        _tensors = [.. tensors.Distinct()];
        _inputs = [.. model.Graph.Input.Select(input => input.Name)];
        _session = Runtime.Open(SubModel.Upto(model, _tensors.Where(name => !_inputs.Contains(name)).ToHashSet()).ToByteArray(), _options, null);
    }

    /// <summary>A tensor that was computed, for as long as it is visited.</summary>
    internal delegate void Visit(SampleBatch batch, Func<string, OrtValue> tensors);

    /// <summary>Runs all samples.</summary>
    internal void Over(CalibrationSamples samples, CancellationToken cancellation, Visit visit)
    {
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        foreach (var batch in samples.Batches())
        {
            cancellation.ThrowIfCancellationRequested();
            var used = batch.Names.Select((name, index) => (name, index)).Where(pair => _session.InputMetadata.ContainsKey(pair.name)).ToList();
            using var outputs = _session.Run(options, [.. used.Select(pair => pair.name)], [.. used.Select(pair => batch.Values[pair.index])], _session.OutputNames);
            visit(batch, name => _inputs.Contains(name) ? batch.Values[batch.Names.ToList().IndexOf(name)] : outputs[_session.OutputNames.ToList().IndexOf(name)]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }
}

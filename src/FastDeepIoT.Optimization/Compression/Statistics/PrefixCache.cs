using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Computes a model over samples piece by piece, keeping between the pieces only what later nodes read: walking through all tensors costs one
/// run, however often the walk stops to change the weights ahead of it.
/// </summary>
internal sealed class PrefixCache : IDisposable
{
    private readonly ModelProto _model;
    private readonly List<Dictionary<string, OrtValue>> _batches;
    private readonly HashSet<string> _static;
    private int _at;

    internal PrefixCache(ModelProto model, CalibrationSamples samples)
    {
        (_model, _static) = (model, StaticTensors.Of(model));
        _batches = [.. samples.OwnedBatches().Select(batch => batch.Names.Zip(batch.Values).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>
    /// A tensor that a node reads, or its own output, batch by batch. Walks up to that node: nodes before it must not change any more.
    /// </summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="key">An output of the node.</param>
    /// <param name="cancellation">Stops between batches.</param>
    internal IEnumerable<OrtValue> Walk(string tensor, string key, CancellationToken cancellation)
    {
        Advance(Math.Max(_at, _model.Graph.Node.ToList().FindIndex(node => node.Output.Contains(key))), cancellation);
        return _batches[0].ContainsKey(tensor) ? _batches.Select(batch => batch[tensor]) : Peek(tensor, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _batches.SelectMany(batch => batch.Values)) value.Dispose();
    }

    private void Advance(int node, CancellationToken cancellation)
    {
        var needed = _model.Graph.Node.Skip(node).SelectMany(SubModel.Reads).ToHashSet();
        var make = _model.Graph.Node.Take(node).Skip(_at).SelectMany(between => between.Output)
            .Where(name => name.Length > 0 && needed.Contains(name) && !_static.Contains(name)).ToHashSet();
        _at = node;
        if (make.Count > 0) Keep(make, cancellation);
        foreach (var tensors in _batches)
            foreach (var name in tensors.Keys.Where(name => !needed.Contains(name)).ToList())
            {
                tensors[name].Dispose();
                tensors.Remove(name);
            }
    }

    private void Keep(HashSet<string> make, CancellationToken cancellation)
    {
        foreach (var (tensors, made) in _batches.Zip(Compute(make, cancellation)))
            foreach (var (name, value) in made) tensors[name] = value;
    }

    private IEnumerable<OrtValue> Peek(string tensor, CancellationToken cancellation)
    {
        foreach (var made in Compute(new HashSet<string> { tensor }, cancellation))
            using (made[tensor])
                yield return made[tensor];
    }

    private IEnumerable<Dictionary<string, OrtValue>> Compute(HashSet<string> make, CancellationToken cancellation)
    {
        var types = _batches[0].ToDictionary(pair => pair.Key, pair => (int)pair.Value.GetTensorTypeAndShape().ElementDataType);
        using var options = Onnx.Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, Environment.ProcessorCount);
        using var session = Onnx.Runtime.Open(SubModel.Between(_model, types, make).ToByteArray(), options, null);
        using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        foreach (var tensors in _batches)
        {
            cancellation.ThrowIfCancellationRequested();
            var outputs = session.Run(run, session.InputNames, [.. session.InputNames.Select(name => tensors[name])], session.OutputNames);
            yield return session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }
}

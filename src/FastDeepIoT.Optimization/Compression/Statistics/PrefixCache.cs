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
    private readonly HashSet<OrtValue> _lent = [];
    private int _at;

    internal PrefixCache(ModelProto model, CalibrationSamples samples)
    {
        (_model, _static) = (model, StaticTensors.Of(model));
        var batches = samples.OwnedBatches().ToList();
        _batches = [.. batches.Select(batch => batch.Names.Zip(batch.Values).ToDictionary(pair => pair.First, pair => pair.Second))];
        Counts = [.. batches.Select(batch => batch.Count)];
    }

    private PrefixCache(ModelProto model, PrefixCache from)
    {
        (_model, _static, _at, Counts) = (model, StaticTensors.Of(model), from._at, from.Counts);
        _batches = [.. from._batches.Select(tensors => new Dictionary<string, OrtValue>(tensors))];
        _lent = [.. _batches.SelectMany(tensors => tensors.Values)];
    }

    /// <summary>Number of samples of each batch.</summary>
    internal IReadOnlyList<int> Counts { get; }

    /// <summary>
    /// The same samples in a model that begins as this one does: what both compute first is computed once, and shared for as long as this cache lives. Walks
    /// up to where the models part; null when it is beyond that already.
    /// </summary>
    internal PrefixCache? Fork(ModelProto other, CancellationToken cancellation)
    {
        var common = SubModel.CommonNodes(_model, other);
        if (common < _at) return null;

        Advance(common, cancellation);
        return new PrefixCache(other, this);
    }

    /// <summary>Some outputs of the model, batch by batch, each batch for as long as it is looked at.</summary>
    internal IEnumerable<IReadOnlyDictionary<string, OrtValue>> Outputs(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var missing = names.Where(name => !_batches[0].ContainsKey(name)).ToHashSet();
        var computed = missing.Count == 0 ? _batches.Select(_ => new Dictionary<string, OrtValue>()) : Compute(missing, cancellation);
        foreach (var (tensors, made) in _batches.Zip(computed))
        {
            yield return names.ToDictionary(name => name, name => made.GetValueOrDefault(name) ?? tensors[name]);
            foreach (var value in made.Values) value.Dispose();
        }
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
        foreach (var value in _batches.SelectMany(batch => batch.Values)) Release(value);
    }

    private void Release(OrtValue value)
    {
        if (!_lent.Contains(value)) value.Dispose();
    }

    private void Advance(int node, CancellationToken cancellation)
    {
        var needed = _model.Graph.Node.Skip(node).SelectMany(SubModel.Reads).Concat(_model.Graph.Output.Select(output => output.Name)).ToHashSet();
        var make = _model.Graph.Node.Take(node).Skip(_at).SelectMany(between => between.Output)
            .Where(name => name.Length > 0 && needed.Contains(name) && !_static.Contains(name)).ToHashSet();
        _at = node;
        if (make.Count > 0) Keep(make, cancellation);
        foreach (var tensors in _batches)
            foreach (var name in tensors.Keys.Where(name => !needed.Contains(name)).ToList())
            {
                Release(tensors[name]);
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

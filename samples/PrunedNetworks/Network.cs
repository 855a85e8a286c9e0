using Microsoft.ML.OnnxRuntime;

namespace PrunedNetworks;

/// <summary>A model with one input and one output, run on one item at a time without allocating tensors anew.</summary>
internal sealed class Network : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    internal Network(string path, SessionOptions options)
    {
        _session = new InferenceSession(path, options);
        (_input, _inputs) = Allocate(_session.InputMetadata.Values.Single());
        (_output, _outputs) = Allocate(_session.OutputMetadata.Values.Single());
    }

    /// <summary>The output for one item.</summary>
    internal float[] Run(float[] item)
    {
        item.CopyTo(_input, 0);
        _session.Run(_runOptions, _session.InputNames, _inputs, _session.OutputNames, _outputs);
        return [.. _output];
    }

    public void Dispose()
    {
        foreach (var value in _inputs.Concat(_outputs)) value.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>Memory for one item: dimensions left free, such as the batch, are 1.</summary>
    private static (float[] Data, OrtValue[] Values) Allocate(NodeMetadata metadata)
    {
        var shape = metadata.Dimensions.Select(size => (long)Math.Max(size, 1)).ToArray();
        var data = new float[shape.Aggregate((product, size) => product * size)];
        return (data, [OrtValue.CreateTensorValueFromMemory(data, shape)]);
    }
}

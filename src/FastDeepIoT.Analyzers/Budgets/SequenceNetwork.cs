using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Makes a network of a sequence of modules as a runtime runs it: normalizations are folded into the layer before them, activations are
/// applied by it, and what only matters in training is gone.
/// </summary>
internal sealed class SequenceNetwork
{
    private readonly List<NetworkTensor> _tensors = [];
    private readonly List<NetworkLayer> _layers = [];
    private IReadOnlyList<long> _shape;

    private SequenceNetwork(IReadOnlyList<long> input)
    {
        _shape = input;
        AddTensor();
    }

    /// <summary>The network; null where something in the sequence is not known, or does not fit the input.</summary>
    /// <param name="sequence">The modules.</param>
    /// <param name="input">The shape of one item: channels and spatial axes, or features.</param>
    internal static TimeModel.Network? Of(SequentialModule sequence, IReadOnlyList<long> input)
    {
        var network = new SequenceNetwork([1, .. input]);
        var modules = sequence.Flat.ToList();
        for (var i = 0; i < modules.Count; i++)
            if (!network.Add(modules, ref i)) return null;
        return network._layers.Count == 0
            ? null
            : new TimeModel.Network(network._tensors, network._layers, [network._tensors.Count - 1]);
    }

    private bool Add(List<Module> modules, ref int at)
    {
        switch (modules[at])
        {
            case LayerModule { Layer.Shape: { } shape }:
                while (at + 1 < modules.Count && modules[at + 1] is NormalizationModule { FoldsIntoLayers: true }) at++;
                var activation = at + 1 < modules.Count && modules[at + 1] is PassModule pass ? pass.Operator?.AsActivation : null;
                if (activation is not null) at++;
                return Add(shape, activation ?? Activation.None);
            case PassModule { Operator: { } work, Rule: { } rule }:
                return Resized(rule) is { } output && Add(work, output);
            case NormalizationModule { Operator: { } work }:
                return Add(work, _shape);
            case FlattenModule:
                return Add(RuntimeOperator.ElementWise("Reshape"), [_shape[0], Size.Product([.. _shape.Skip(1)])]);
            default:
                return false;
        }
    }

    private bool Add(LayerShape shape, Activation activation)
    {
        if (shape is not (ConvolutionLayer or LinearLayer) || OutputOf(shape) is not { } output) return false;
        if (shape.Layers(SizeOf(shape), activation) is not [var layer]) return false;

        Add(shape.ToString(), shape is LinearLayer ? "Gemm" : "Conv", layer, output);
        return true;
    }

    private bool Add(RuntimeOperator work, IReadOnlyList<long> output)
    {
        if (work.Name.Length > 0) Add(work.Name, work.Name, work.Of(_shape, output), output);
        return true;
    }

    private void Add(string name, string runtimeOperator, Layer layer, IReadOnlyList<long> output)
    {
        _shape = output;
        AddTensor();
        _layers.Add(new NetworkLayer(name, runtimeOperator, layer, [_tensors.Count - 2], [_tensors.Count - 1]));
    }

    private void AddTensor() => _tensors.Add(new NetworkTensor($"{_tensors.Count}", _shape));

    private IReadOnlyList<long> SizeOf(LayerShape shape) => shape is LinearLayer ? [.. _shape.Take(_shape.Count - 1)] : [.. _shape.Skip(2)];

    private IReadOnlyList<long>? OutputOf(LayerShape shape)
    {
        if (shape is LinearLayer linear) return _shape[_shape.Count - 1] == linear.Inputs ? [.. _shape.Take(_shape.Count - 1), linear.Outputs] : null;

        var convolution = (ConvolutionLayer)shape;
        var fits = _shape.Count == convolution.Kernel.Count + 2 && _shape[1] == convolution.Inputs;
        return fits && convolution.OutputSize(SizeOf(shape)) is { } size ? [_shape[0], convolution.Outputs, .. size] : null;
    }

    private IReadOnlyList<long>? Resized(SizeRule rule)
    {
        if (_shape.Count < 3) return _shape;

        return rule([.. _shape.Skip(2)]) is { } size ? [.. _shape.Take(2), .. size] : null;
    }
}

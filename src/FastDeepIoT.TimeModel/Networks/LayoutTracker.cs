using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Walks a network in running order and keeps, for every tensor, which layout it is in and which layer really produced it.
/// Used with observed placements when learning and with predicted ones when predicting, so that both see the same context.
/// </summary>
public sealed class LayoutTracker
{
    private const int NoHost = -1;
    private static readonly IReadOnlyList<(int, bool)> NoChanges = [];
    private static readonly int[] ActivationFeatures = [.. new[] { "rectified", "clamped", "saturated", "exponential" }.Select(LayerFamily.Convolution.IndexOf)];
    private readonly Network _network;
    private readonly bool[] _internal;
    private readonly bool[] _changed;
    private readonly int[] _host;
    private readonly int[] _readers;
    private readonly Dictionary<int, List<(string Operator, int Inputs)>> _absorbed = [];
    private readonly bool[] _activation;
    private readonly NetworkMemory _memory;
    private readonly Placement[] _placements;

    /// <summary>Starts before the first layer of a network, or of a part of one; graph inputs are in the plain layout.</summary>
    public LayoutTracker(Network network, NetworkLoad whole = default)
    {
        _network = network;
        _internal = new bool[network.Tensors.Count];
        _changed = new bool[network.Tensors.Count];
        _host = new int[network.Tensors.Count];
        for (var tensor = 0; tensor < _host.Length; tensor++) _host[tensor] = NoHost;
        _readers = new int[network.Tensors.Count];
        _activation = new bool[network.Layers.Count];
        _memory = new NetworkMemory(network, whole);
        _placements = new Placement[network.Layers.Count];
        for (var index = 0; index < _activation.Length; index++)
        {
            var layer = network.Layers[index];
            _activation[index] = layer.Layer is { } described && described.Family == LayerFamily.Convolution && HasActivation(described.ValueArray);
            for (var input = 0; input < layer.Inputs.Count; input++) _readers[layer.Inputs[input]]++;
        }

        foreach (var output in network.GraphOutputs) _readers[output]++;
    }

    /// <summary>A layer's features followed by its context, as <see cref="PlacementContext.FeaturesOf"/> names them.</summary>
    public double[] Describe(int index)
    {
        var node = _network.Layers[index];
        var layer = node.Layer ?? throw new ArgumentException($"'{node.Name}' is not described", nameof(index));
        var features = new double[layer.Values.Count + PlacementContext.Features.Count];
        layer.ValueArray.CopyTo(features, 0);
        var context = layer.Values.Count;
        var (inputs, inside, free, same) = (node.Inputs.Count, 0, 0, node.Inputs.Count > 0);
        for (var place = 0; place < inputs; place++)
        {
            var input = node.Inputs[place];
            if (_internal[input]) inside++;
            if (IsFree(input)) free++;
            same &= SameShape(input, node.Inputs[0]);
        }

        features[context + PlacementContext.InternalInputs] = inputs == 0 ? 0 : inside / (double)inputs;
        features[context + PlacementContext.ComputedInputs] = inputs;
        features[context + PlacementContext.SameShapeInputs] = same ? 1 : 0;
        features[context + PlacementContext.Hosts] = free;
        features[context + PlacementContext.Axes] = node.Outputs.Count == 0 ? 0 : _network.Tensors[node.Outputs[0]].Shape.Count;
        features[context + PlacementContext.ChannelsLast] = inputs > 0 && node.Outputs.Count > 0 && MovesChannelsLast(node.Inputs[0], node.Outputs[0]) ? 1 : 0;
        var (tensor, host) = HostOf(node);
        if (host == NoHost) return features;

        features[context + PlacementContext.HostInternal] = _internal[tensor] ? 1 : 0;
        features[context + PlacementContext.HostConvolution] = _network.Layers[host].Layer?.Family == LayerFamily.Convolution ? 1 : 0;
        features[context + PlacementContext.HostActivation] = _activation[host] ? 1 : 0;
        features[context + PlacementContext.HostReaders] = _readers[tensor];
        features[context + PlacementContext.HostAbsorbs] = _absorbed.TryGetValue(host, out var absorbed) ? absorbed.Count : 0;
        return features;
    }

    /// <summary>
    /// Places a layer and returns the tensors whose layout has to change for it: <c>ToInternal</c> or back. Every tensor is changed
    /// at most once; later readers share the result.
    /// </summary>
    public IReadOnlyList<(int Tensor, bool ToInternal)> Place(int index, Placement placement)
    {
        var node = _network.Layers[index];
        var (tensor, host) = HostOf(node);
        var absorbed = placement == Placement.Absorbed && host != NoHost;
        _placements[index] = placement;
        var runsInternal = absorbed ? _internal[tensor] : placement is Placement.Internal or Placement.InternalFromPlain;
        var reads = runsInternal && placement != Placement.InternalFromPlain;
        List<(int, bool)>? changes = null;
        for (var place = 0; place < node.Inputs.Count; place++)
        {
            var input = node.Inputs[place];
            if (_internal[input] == reads || _changed[input]) continue;
            _changed[input] = true;
            (changes ??= []).Add((input, reads));
        }

        if (absorbed)
        {
            if (!_absorbed.TryGetValue(host, out var list)) _absorbed[host] = list = [];
            list.Add((node.Operator, node.Inputs.Count));
            if (node.Inputs.Count == 1) _activation[host] = true;
        }

        for (var place = 0; place < node.Outputs.Count; place++)
        {
            _internal[node.Outputs[place]] = runsInternal;
            _host[node.Outputs[place]] = absorbed ? host : index;
        }

        return changes ?? NoChanges;
    }

    /// <summary>The graph outputs still in the internal layout: each must be changed back.</summary>
    public IEnumerable<int> OutputsToChange() =>
        _network.GraphOutputs.Distinct().Where(output => _internal[output] && !_changed[output]);

    /// <summary>A layer as it runs in this network, with the work it absorbed so far; null when it is not described.</summary>
    public Layer? Complete(int index) => _network.Layers[index].Layer is { } layer
        ? Layers.InNetwork(layer, _absorbed.TryGetValue(index, out var absorbed) ? absorbed : [], _memory.Around(index), _placements[index])
        : null;

    /// <summary>A change of a tensor's layout as it runs in this network.</summary>
    public Layer Change(int tensor, bool toInternal) => Layers.InNetwork(LayoutChange.Of(_network.Tensors[tensor], toInternal), [], _memory.AroundChange(tensor));

    private (int Tensor, int Host) HostOf(NetworkLayer node)
    {
        var best = (Tensor: NoHost, Host: NoHost, Free: false);
        for (var place = 0; place < node.Inputs.Count; place++)
            if (node.Inputs[place] is var input && _host[input] != NoHost && (IsFree(input), _host[input]).CompareTo((best.Free, best.Host)) > 0)
                best = (input, _host[input], IsFree(input));
        return (best.Tensor, best.Host);
    }

    private bool IsFree(int tensor) => _host[tensor] is not NoHost and var host && _readers[tensor] == 1 && !_activation[host]
        && _network.Layers[host].Layer?.Family == LayerFamily.Convolution;

    private bool SameShape(int left, int right)
    {
        var (one, other) = (_network.Tensors[left].Shape, _network.Tensors[right].Shape);
        if (one.Count != other.Count) return false;
        for (var axis = 0; axis < one.Count; axis++)
            if (one[axis] != other[axis]) return false;
        return true;
    }

    // From [batch, channels, positions...] to [batch, positions..., channels].
    private bool MovesChannelsLast(int input, int output)
    {
        var (before, after) = (_network.Tensors[input].Shape, _network.Tensors[output].Shape);
        if (before.Count < 3 || before.Count != after.Count || before[0] != after[0] || before[1] != after[after.Count - 1]) return false;
        for (var axis = 2; axis < before.Count; axis++)
            if (before[axis] != after[axis - 1]) return false;
        return true;
    }

    private static bool HasActivation(double[] values)
    {
        foreach (var feature in ActivationFeatures)
            if (values[feature] > 0) return true;
        return false;
    }
}

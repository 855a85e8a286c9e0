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
        _host = Enumerable.Repeat(NoHost, network.Tensors.Count).ToArray();
        _readers = new int[network.Tensors.Count];
        _activation = network.Layers.Select(layer => layer.Layer is { } l && l.Family == LayerFamily.Convolution && (l["clamped"] > 0 || l["saturated"] > 0 || l["exponential"] > 0)).ToArray();
        _memory = new NetworkMemory(network, whole);
        _placements = new Placement[network.Layers.Count];
        foreach (var layer in network.Layers)
            foreach (var input in layer.Inputs) _readers[input]++;
        foreach (var output in network.GraphOutputs) _readers[output]++;
    }

    /// <summary>A layer's features followed by its context, as <see cref="PlacementContext.FeaturesOf"/> names them.</summary>
    public double[] Describe(int index)
    {
        var node = _network.Layers[index];
        var layer = node.Layer ?? throw new ArgumentException($"'{node.Name}' is not described", nameof(index));
        var features = new double[layer.Values.Count + PlacementContext.Features.Count];
        layer.ValueArray.CopyTo(features, 0);
        var context = features.AsContext(layer.Values.Count);
        context.Set("internalInputs", node.Inputs.Count == 0 ? 0 : node.Inputs.Count(input => _internal[input]) / (double)node.Inputs.Count);
        context.Set("computedInputs", node.Inputs.Count);
        context.Set("sameShapeInputs", node.Inputs.Count > 0 && node.Inputs.All(input => SameShape(input, node.Inputs[0])) ? 1 : 0);
        context.Set("hosts", node.Inputs.Count(IsFree));
        var (tensor, host) = HostOf(node);
        if (host == NoHost) return features;

        context.Set("hostInternal", _internal[tensor] ? 1 : 0);
        context.Set("hostConvolution", _network.Layers[host].Layer?.Family == LayerFamily.Convolution ? 1 : 0);
        context.Set("hostActivation", _activation[host] ? 1 : 0);
        context.Set("hostReaders", _readers[tensor]);
        context.Set("hostAbsorbs", _absorbed.TryGetValue(host, out var absorbed) ? absorbed.Count : 0);
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
        var changes = placement == Placement.InternalFromPlain
            ? []
            : node.Inputs.Where(input => _internal[input] != runsInternal && !_changed[input]).Distinct().ToList();
        foreach (var input in changes) _changed[input] = true;
        if (absorbed)
        {
            if (!_absorbed.TryGetValue(host, out var list)) _absorbed[host] = list = [];
            list.Add((node.Operator, node.Inputs.Count));
            if (node.Inputs.Count == 1) _activation[host] = true;
        }

        foreach (var output in node.Outputs)
        {
            _internal[output] = runsInternal;
            _host[output] = absorbed ? host : index;
        }

        return changes.Select(input => (input, runsInternal)).ToList();
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
        foreach (var input in node.Inputs)
            if (_host[input] != NoHost && (IsFree(input), _host[input]).CompareTo((best.Free, best.Host)) > 0)
                best = (input, _host[input], IsFree(input));
        return (best.Tensor, best.Host);
    }

    private bool IsFree(int tensor) => _host[tensor] is not NoHost and var host && _readers[tensor] == 1 && !_activation[host]
        && _network.Layers[host].Layer?.Family == LayerFamily.Convolution;

    private bool SameShape(int left, int right) =>
        _network.Tensors[left].Shape.SequenceEqual(_network.Tensors[right].Shape);
}

internal static class ContextFeatures
{
    internal static Writer AsContext(this double[] features, int offset) => new(features, offset);

    internal readonly struct Writer(double[] features, int offset)
    {
        private static readonly Dictionary<string, int> IndexOf =
            PlacementContext.Features.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);

        internal void Set(string name, double value) => features[offset + IndexOf[name]] = value;
    }
}

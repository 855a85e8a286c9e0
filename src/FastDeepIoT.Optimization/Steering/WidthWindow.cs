using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// A run of layers around those that a group touches. Layers farther away than a layout reaches do not notice the group, so the time
/// of the run alone tells what a change is worth, however long the network is.
/// </summary>
internal sealed class WidthWindow
{
    // A layout handed on from layer to layer is settled after that many.
    private const int Margin = 6;

    private readonly int _first;
    private readonly int[] _tensors;
    private readonly (int[] Inputs, int[] Outputs)[] _wiring;
    private readonly int[] _outputs;

    private WidthWindow(Network network, int first, int last, IReadOnlyList<int> groups)
    {
        (_first, Groups) = (first, groups);
        var layers = network.Layers.Skip(first).Take(last - first + 1).ToList();
        _tensors = layers.SelectMany(layer => layer.Inputs.Concat(layer.Outputs)).Distinct().ToArray();
        var indexOf = _tensors.Select((tensor, index) => (tensor, index)).ToDictionary(pair => pair.tensor, pair => pair.index);
        _wiring = layers.Select(layer => (layer.Inputs.Select(input => indexOf[input]).ToArray(), layer.Outputs.Select(output => indexOf[output]).ToArray())).ToArray();
        _outputs = network.GraphOutputs.Where(indexOf.ContainsKey).Select(output => indexOf[output]).ToArray();
    }

    /// <summary>The groups whose sizes the layers in the window depend on.</summary>
    internal IReadOnlyList<int> Groups { get; }

    /// <summary>The window around some layers of a network, which are given in running order.</summary>
    internal static WidthWindow Around(Network network, IReadOnlyList<int> layers, IReadOnlyList<IReadOnlyList<int>> groupsOfLayer)
    {
        var (first, last) = (Math.Max(0, layers[0] - Margin), Math.Min(network.Layers.Count - 1, layers[^1] + Margin));
        return new WidthWindow(network, first, last, groupsOfLayer.Skip(first).Take(last - first + 1).SelectMany(groups => groups).Distinct().Order().ToList());
    }

    /// <summary>The window of a network as a network of its own.</summary>
    internal Network Cut(Network network)
    {
        var layers = new NetworkLayer[_wiring.Length];
        for (var index = 0; index < layers.Length; index++)
            layers[index] = network.Layers[_first + index] with { Inputs = _wiring[index].Inputs, Outputs = _wiring[index].Outputs };
        var tensors = new NetworkTensor[_tensors.Length];
        for (var index = 0; index < tensors.Length; index++) tensors[index] = network.Tensors[_tensors[index]];
        return new Network(tensors, layers, _outputs);
    }
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// Widths that can be seen from outside: those of graph inputs and outputs, also through layers that have no width of their own.
/// Advice to change one would be advice to change what the network is for.
/// </summary>
internal sealed class VisibleWidths
{
    private readonly HashSet<string> _readers = [];
    private readonly HashSet<string> _writers = [];

    /// <summary>Looks for the visible widths of a network.</summary>
    internal VisibleWidths(Network network)
    {
        var visible = Enumerable.Range(0, network.Tensors.Count).Except(network.Layers.SelectMany(layer => layer.Outputs)).ToHashSet();
        foreach (var layer in network.Layers.Where(layer => layer.Inputs.Any(visible.Contains)))
            if (HasWidth(layer)) _readers.Add(layer.Name);
            else visible.UnionWith(layer.Outputs);

        visible = [.. network.GraphOutputs];
        foreach (var layer in network.Layers.Reverse().Where(layer => layer.Outputs.Any(visible.Contains)))
            if (HasWidth(layer)) _writers.Add(layer.Name);
            else visible.UnionWith(layer.Inputs);
    }

    /// <summary>Whether the width that a layer reads, or writes, is visible.</summary>
    internal bool Fixes(string layer, bool isOutput) => (isOutput ? _writers : _readers).Contains(layer);

    private static bool HasWidth(NetworkLayer layer) => layer.Layer is { } described && LayerWidth.Of(described).Any();
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>What became of the layers of a network in the graph the runtime really runs.</summary>
/// <param name="Of">How each layer runs, in the network's order.</param>
/// <param name="Nodes">The node that runs each layer, or null.</param>
/// <param name="Changes">The nodes that only change a tensor's layout.</param>
internal sealed record Placements(
    IReadOnlyList<Placement> Of, IReadOnlyList<string?> Nodes, IReadOnlyList<(string Node, int Tensor, bool ToInternal)> Changes);

/// <summary>
/// Compares the graph after processor-independent fusions with the graph the runtime runs in the end. Nothing is known beforehand of
/// what a runtime may do to a layer: a node that writes a tensor of the fused graph runs in its plain layout; one that writes something
/// else works in a layout of the runtime's own; a layer without a node was absorbed; a node without a layer changes a layout.
/// </summary>
internal static class PlacementReader
{
    internal static Placements Read(RuntimeGraph fused, ModelProto final)
    {
        var network = fused.Network;
        var tensorOf = network.Tensors.Select((tensor, index) => (tensor.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        var layerOf = LayersByName(network);
        var placements = Enumerable.Repeat(Placement.Absorbed, network.Layers.Count).ToArray();
        var nodes = new string?[network.Layers.Count];
        var changes = new List<(string, int, bool)>();
        foreach (var node in final.Graph.Node)
            if (LayerOf(node.Name, layerOf) is { } layer)
            {
                placements[layer] = PlacementOf(node, tensorOf);
                nodes[layer] = node.Name;
            }
            else if (tensorOf.TryGetValue(node.Output[0], out var written))
                changes.Add((node.Name, written, false));
            else if (tensorOf.TryGetValue(node.Input[0], out var read))
                changes.Add((node.Name, read, true));

        return new Placements(placements, nodes, changes);
    }

    private static Placement PlacementOf(NodeProto node, Dictionary<string, int> tensorOf) =>
        tensorOf.ContainsKey(node.Output[0]) ? Placement.Plain
        : tensorOf.ContainsKey(node.Input[0]) ? Placement.InternalFromPlain
        : Placement.Internal;

    private static Dictionary<string, int> LayersByName(Network network)
    {
        var layerOf = new Dictionary<string, int>();
        foreach (var (layer, index) in network.Layers.Select((layer, index) => (layer, index)))
        {
            layerOf.TryAdd(layer.Name, index);
            foreach (var output in layer.Outputs) layerOf.TryAdd(network.Tensors[output].Name, index);
        }

        return layerOf;
    }

    // The runtime names what it makes of a node after the node or its output, with something appended.
    private static int? LayerOf(string name, Dictionary<string, int> layerOf)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('_', end - 1))
            if (layerOf.TryGetValue(name[..end], out var layer))
                return layer;
        return null;
    }
}

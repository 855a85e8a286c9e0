using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Removes the nodes of a model that no output needs, with their constants.</summary>
internal static class UnusedParts
{
    /// <summary>Removes them from the model itself.</summary>
    /// <returns>The nodes that were removed, in running order.</returns>
    internal static IReadOnlyList<NodeProto> Remove(ModelProto model)
    {
        var (graph, removed) = (model.Graph, new List<NodeProto>());
        var needed = graph.Output.Select(output => output.Name).ToHashSet();
        for (var index = graph.Node.Count - 1; index >= 0; index--)
        {
            var node = graph.Node[index];
            if (node.Output.Any(needed.Contains))
            {
                needed.UnionWith(SubModel.Reads(node));
                continue;
            }

            removed.Insert(0, node);
            graph.Node.RemoveAt(index);
        }

        var constants = graph.Initializer.Where(tensor => !needed.Contains(tensor.Name)).Select(tensor => tensor.Name).ToHashSet();
        Keep(graph.Initializer, tensor => !constants.Contains(tensor.Name));
        Keep(graph.Input, input => !constants.Contains(input.Name));
        var written = removed.SelectMany(node => node.Output).ToHashSet();
        Keep(graph.ValueInfo, value => !constants.Contains(value.Name) && !written.Contains(value.Name));
        return removed;
    }

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> items, Func<T, bool> keep)
    {
        for (var index = items.Count - 1; index >= 0; index--)
            if (!keep(items[index])) items.RemoveAt(index);
    }
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Who uses which names of a graph.</summary>
public static class GraphUses
{
    /// <summary>How often each name is read: by nodes, by nodes of subgraphs, and as a graph output.</summary>
    public static Dictionary<string, int> UseCounts(this GraphProto graph)
    {
        var counts = new Dictionary<string, int>();
        Count(graph, counts);
        return counts;
    }

    private static void Count(GraphProto graph, Dictionary<string, int> counts)
    {
        foreach (var name in graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)))
            counts[name] = counts.GetValueOrDefault(name) + 1;
        foreach (var attribute in graph.Node.SelectMany(node => node.Attribute))
        {
            if (attribute.G is { } inner) Count(inner, counts);
            foreach (var other in attribute.Graphs) Count(other, counts);
        }
    }
}

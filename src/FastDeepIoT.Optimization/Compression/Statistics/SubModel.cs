using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Cuts out the part of a model that some tensors are computed by.</summary>
internal static class SubModel
{
    internal static ModelProto Upto(ModelProto model, IReadOnlySet<string> tensors)
    {
        var needed = new HashSet<string>(tensors);
        var nodes = new List<NodeProto>();
        foreach (var node in model.Graph.Node.Reverse())
        {
            if (!node.Output.Any(needed.Contains)) continue;

            nodes.Add(node);
            needed.UnionWith(Reads(node));
        }

        nodes.Reverse();
        var graph = new GraphProto { Name = model.Graph.Name };
        graph.Node.Add(nodes);
        graph.Initializer.Add(model.Graph.Initializer.Where(tensor => needed.Contains(tensor.Name)));
        graph.Input.Add(model.Graph.Input.Where(input => needed.Contains(input.Name)));
        graph.Output.Add(tensors.Order(StringComparer.Ordinal).Select(name => new ValueInfoProto { Name = name }));
        var part = new ModelProto { IrVersion = model.IrVersion, Graph = graph };
        part.OpsetImport.Add(model.OpsetImport);
        return part;
    }

    private static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(node.Attribute
        .SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Prepend(graph) : attribute.Graphs)
        .SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));
}

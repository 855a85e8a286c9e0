using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Cuts out the part of a model that some tensors are computed by.</summary>
internal static class SubModel
{
    /// <summary>The part that computes some tensors from the inputs.</summary>
    internal static ModelProto Upto(ModelProto model, IReadOnlySet<string> tensors) => Upto(model, tensors, []);

    private static ModelProto Upto(ModelProto model, IReadOnlySet<string> tensors, HashSet<string> given)
    {
        var needed = new HashSet<string>(tensors);
        var nodes = new List<NodeProto>();
        foreach (var node in model.Graph.Node.Reverse())
        {
            if (!node.Output.Any(name => needed.Contains(name) && !given.Contains(name))) continue;

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

    /// <summary>The part that computes some tensors from others that are given, by name with their element types.</summary>
    internal static ModelProto Between(ModelProto model, IReadOnlyDictionary<string, int> given, IReadOnlySet<string> tensors)
    {
        var part = Upto(model, tensors, [.. given.Keys]);
        var used = part.Graph.Node.SelectMany(Reads).ToHashSet();
        part.Graph.Input.Clear();
        part.Graph.Input.Add(given.Where(pair => used.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
            new ValueInfoProto { Name = pair.Key, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = pair.Value } } }));
        return part;
    }

    /// <summary>With how many nodes two models begin that are the same, the constants they read included.</summary>
    internal static int CommonNodes(ModelProto model, ModelProto other)
    {
        var (mine, theirs) = (Constants(model), Constants(other));
        return model.Graph.Node.Zip(other.Graph.Node).TakeWhile(pair => pair.First.Equals(pair.Second)
            && Reads(pair.First).All(name => Equals(mine.GetValueOrDefault(name), theirs.GetValueOrDefault(name)))).Count();
    }

    private static Dictionary<string, TensorProto> Constants(ModelProto model) => model.Graph.Initializer.ToDictionary(tensor => tensor.Name);

    /// <summary>The names a node reads, its subgraphs included.</summary>
    internal static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(node.Attribute
        .SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Prepend(graph) : attribute.Graphs)
        .SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>All nodes of a model, wherever they lie.</summary>
internal static class ModelNodes
{
    /// <summary>Those of the graph, of subgraphs and of the model's own functions; a node comes before those in its subgraphs.</summary>
    internal static IEnumerable<NodeProto> AllNodes(this ModelProto model) =>
        Nodes(model.Graph.Node).Concat(model.Functions.SelectMany(function => Nodes(function.Node)));

    /// <summary>The graphs in a node's attributes.</summary>
    internal static IEnumerable<GraphProto> Subgraphs(this NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs);

    /// <summary>Whether a node computes the same whenever it reads the same, and reads nothing but its inputs.</summary>
    internal static bool IsRepeatable(this NodeProto node) => !node.Subgraphs().Any() && !RandomOperators.Contain(node.OpType);

    private static IEnumerable<NodeProto> Nodes(IEnumerable<NodeProto> nodes) =>
        nodes.SelectMany(node => node.Subgraphs().SelectMany(graph => Nodes(graph.Node)).Prepend(node));
}

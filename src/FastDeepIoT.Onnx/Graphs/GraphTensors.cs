using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>All constants of a model, wherever they lie.</summary>
internal static class GraphTensors
{
    /// <summary>Initializers, sparse ones too, and tensors in attributes; those of subgraphs and of the model's own functions included.</summary>
    internal static IEnumerable<TensorProto> Tensors(this ModelProto model) =>
        Tensors(model.Graph).Concat(model.Functions.SelectMany(function => Tensors(function.Node).Concat(Tensors(function.AttributeProto))));

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer
        .Concat(graph.SparseInitializer.SelectMany(sparse => new[] { sparse.Values, sparse.Indices }.OfType<TensorProto>()))
        .Concat(Tensors(graph.Node));

    private static IEnumerable<TensorProto> Tensors(IEnumerable<NodeProto> nodes) => nodes.SelectMany(node => Tensors(node.Attribute));

    private static IEnumerable<TensorProto> Tensors(IEnumerable<AttributeProto> attributes) => attributes.SelectMany(attribute =>
        (attribute.T is { } tensor ? attribute.Tensors.Prepend(tensor) : attribute.Tensors)
            .Concat((attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs).SelectMany(Tensors)));
}

using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>All constants of a model, wherever they lie.</summary>
internal static class GraphTensors
{
    private const int FirstWithDefaults = 4;

    /// <summary>Initializers, sparse ones too, and tensors in attributes; those of subgraphs and of the model's own functions included.</summary>
    internal static IEnumerable<TensorProto> Tensors(this ModelProto model) =>
        Tensors(model.Graph).Concat(model.Functions.SelectMany(function => Tensors(function.Node).Concat(Tensors(function.AttributeProto))));

    /// <summary>
    /// Initializers that a caller may replace, because they are declared as inputs too: a runtime cannot rely on their values (ONNX IR, "Graphs"). Before
    /// version 4 of the format all initializers had to be declared so, which said nothing.
    /// </summary>
    internal static IEnumerable<TensorProto> Replaceable(this ModelProto model)
    {
        if (model.IrVersion < FirstWithDefaults) return [];

        var inputs = model.Graph.Input.Select(input => input.Name).ToHashSet();
        return model.Graph.Initializer.Where(tensor => inputs.Contains(tensor.Name));
    }

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer
        .Concat(graph.SparseInitializer.SelectMany(sparse => new[] { sparse.Values, sparse.Indices }.OfType<TensorProto>()))
        .Concat(Tensors(graph.Node));

    private static IEnumerable<TensorProto> Tensors(IEnumerable<NodeProto> nodes) => nodes.SelectMany(node => Tensors(node.Attribute));

    private static IEnumerable<TensorProto> Tensors(IEnumerable<AttributeProto> attributes) => attributes.SelectMany(attribute =>
        (attribute.T is { } tensor ? attribute.Tensors.Prepend(tensor) : attribute.Tensors)
            .Concat((attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs).SelectMany(Tensors)));
}

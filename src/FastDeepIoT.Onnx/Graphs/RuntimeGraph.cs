using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A model as the runtime runs it after the fusions that do not depend on the processor, with all shapes: what the time model
/// predicts. What a processor's own layout changes, the device model adds.
/// </summary>
public sealed class RuntimeGraph
{
    private RuntimeGraph(ModelGraph graph, Network network) => (Graph, Network) = (graph, network);

    /// <summary>The fused graph.</summary>
    public ModelGraph Graph { get; }

    /// <summary>Its layers, in running order; constants left out.</summary>
    public Network Network { get; }

    /// <summary>Lets the runtime fuse a model, without running it.</summary>
    /// <param name="model">A model whose free dimensions are fixed; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it.</param>
    /// <exception cref="InputException">
    /// FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform, FDI3002 or FDI3003 when its weights lie in
    /// other files that are not there or too short.
    /// </exception>
    public static RuntimeGraph Of(ModelProto model, string? file = null) => Of(model, file, subgraphs: false);

    /// <summary>
    /// As <see cref="Of(ModelProto, string?)"/>; says whether the layers in subgraphs of If, Loop and Scan belong to the network, as if each ran
    /// once.
    /// </summary>
    /// <param name="model">A model whose free dimensions are fixed; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it.</param>
    /// <param name="subgraphs">Whether to look into subgraphs.</param>
    /// <param name="types">Element types of its tensors, which save asking the runtime a second time; of their shapes nothing is taken.</param>
    public static RuntimeGraph Of(ModelProto model, string? file, bool subgraphs, TensorShapes? types = null)
    {
        if (file is not null) ExternalData.Check(model, file);
        RuntimeHazards.CheckLoading(model, file);
        var graph = Opened(model, file, subgraphs, types);
        EmptyTensors.Check(graph.Graph, file);
        return graph;
    }

    private static RuntimeGraph Opened(ModelProto model, string? file, bool subgraphs, TensorShapes? types)
    {
        if (GraphPieces.Of(model, file) is { } pieces && OfPieces(model, pieces, file, subgraphs) is { } joined) return joined;

        try
        {
            var fused = Fused(model, file, types);
            return OfFused(fused, file, subgraphs, WrittenShapes.Of(fused, model));
        }
        catch (InputException e) when (!e.IsOfFiles && ExternalData.EmbeddedBytes(model) <= ExternalData.LargestModel)
        {
            // Of some models the runtime writes what it does not read again when weights go elsewhere; from the whole model it may. What it never reads
            // again, such as a body in which it gives a name twice, counts as it stands in the model.
            var fused = OptimizedModel.Of(model.ToByteArray(), GraphOptimizationLevel.ORT_ENABLE_EXTENDED, threads: 1, file);
            return Try(() => OfFused(fused, file, subgraphs)) ?? OfFused(model, file, subgraphs);
        }
    }

    /// <summary>As <see cref="Of(ModelProto, string?)"/>, from the bytes of a model.</summary>
    public static RuntimeGraph Of(byte[] model, string? file = null) =>
        OfFused(OptimizedModel.Of(model, GraphOptimizationLevel.ORT_ENABLE_EXTENDED, threads: 1, file), file, subgraphs: false);

    /// <summary>Lets the runtime fuse a long model piece by piece; null when the whole has to tell what is wrong with it.</summary>
    internal static RuntimeGraph? OfPieces(ModelProto model, GraphPieces pieces, string? file, bool subgraphs) =>
        Try(() => OfFused(JoinedModel.Of(model, [.. pieces.Models.Select(piece => Fused(piece, file))]), file, subgraphs));

    private static ModelProto Fused(ModelProto model, string? file, TensorShapes? types = null)
    {
        using var weightless = new WeightlessModel(model, types);
        return weightless.Optimize(GraphOptimizationLevel.ORT_ENABLE_EXTENDED, file);
    }

    private static RuntimeGraph OfFused(ModelProto fused, string? file, bool subgraphs, TensorShapes? shapes = null)
    {
        if (subgraphs && FlatModel.Of(fused) is { HasSubgraphs: true } flat
            && Try(() => OfFlat(fused, flat.Model, file)) is { } opened) return opened; // bodies that do not run by themselves are not looked into

        var graph = new ModelGraph(fused, shapes ?? ShapeInference.Infer(fused, file));
        return new RuntimeGraph(graph, NetworkOf(graph));
    }

    private static RuntimeGraph OfFlat(ModelProto fused, ModelProto flat, string? file)
    {
        var graph = new ModelGraph(flat, ShapeInference.Infer(RunnableModel.Of(flat), file).With(ShapeInference.Infer(fused, file)));
        return new RuntimeGraph(graph, NetworkOf(graph));
    }

    // Null where the runtime refuses.
    private static RuntimeGraph? Try(Func<RuntimeGraph> make)
    {
        try
        {
            return make();
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return null;
        }
    }

    private static Network NetworkOf(ModelGraph graph)
    {
        var tensors = new List<NetworkTensor>();
        var indexOf = new Dictionary<string, int>();
        int Index(string name)
        {
            if (indexOf.TryGetValue(name, out var index)) return index;
            tensors.Add(new NetworkTensor(name, graph.Shape(name) ?? []));
            return indexOf[name] = tensors.Count - 1;
        }

        var layers = new List<NetworkLayer>();
        foreach (var node in graph.Graph.Node.Where(node => node.OpType != "Constant"))
        {
            var inputs = node.Input.Where(name => name.Length > 0 && !graph.IsFixed(name)).Distinct().Select(Index).ToList();
            var outputs = node.Output.Where(name => name.Length > 0).Select(Index).ToList();
            var layer = OperatorTable.Find(node.OpType)?.Describe(new NodeView(node, graph));
            layers.Add(new NetworkLayer(NameOf(node), Printable.Of(node.OpType.Replace(FlatModel.Begin, "")), layer, inputs, outputs));
        }

        var graphOutputs = graph.Graph.Output.Where(output => indexOf.ContainsKey(output.Name)).Select(output => indexOf[output.Name]).ToList();
        return new Network(tensors, layers, graphOutputs);
    }

    private static string NameOf(NodeProto node) => Printable.Of(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? node.OpType);
}

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The shapes of all tensors of a model, from the runtime's own inference: every tensor is made an output of a copy whose large
/// weights are inputs instead, and a session over that copy, which is never run, tells their shapes.
/// </summary>
public static class ShapeInference
{
    // What computes shapes is small: a handful of integers. Anything larger is data, whose values no shape depends on.
    private const int LargestShapeConstant = 1024;

    /// <summary>Infers the shapes of a model whose free dimensions are fixed.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from, for messages.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model.</exception>
    public static TensorShapes Infer(ModelProto model, string? file = null) =>
        new(All(model, file).Where(pair => pair.Value.Shape.All(size => size >= 0)).ToDictionary());

    /// <summary>
    /// Infers what is known of the shapes of a model whatever its free dimensions are: -1 stands for a size that only running tells. A
    /// shape without axes is a scalar, or not known at all.
    /// </summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from, for messages.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model.</exception>
    public static TensorShapes InferOpen(ModelProto model, string? file = null) => new(All(model, file));

    /// <summary>As <see cref="InferOpen"/>, by one session however long the graph is.</summary>
    internal static IReadOnlyDictionary<string, TensorShape> InferWhole(ModelProto model, string? file)
    {
        var probe = Probe(model);
        using var options = Runtime.OptionsForLooking(GraphOptimizationLevel.ORT_DISABLE_ALL, threads: 1);
        using var session = Runtime.Open(probe.ToByteArray(), options, file);
        var shapes = new Dictionary<string, TensorShape>();
        foreach (var (name, metadata) in session.InputMetadata.Concat(session.OutputMetadata).Concat(session.OverridableInitializerMetadata))
            if (metadata.IsTensor)
                shapes[name] = new TensorShape(metadata.Dimensions.Select(size => (long)size).ToList(), (TensorProto.Types.DataType)(int)metadata.ElementDataType);
        return shapes;
    }

    private static IReadOnlyDictionary<string, TensorShape> All(ModelProto model, string? file) => GraphPieces.Of(model, file)?.Shapes ?? InferWhole(model, file);

    private static ModelProto Probe(ModelProto model)
    {
        var probe = new ModelProto { IrVersion = model.IrVersion, Graph = new GraphProto { Name = model.Graph.Name } };
        probe.OpsetImport.Add(model.OpsetImport);
        probe.Functions.Add(model.Functions);
        var graph = probe.Graph;
        graph.Node.Add(model.Graph.Node.Select(OperatorTable.WithShapes));
        graph.Input.Add(model.Graph.Input);
        var inputs = model.Graph.Input.Select(input => input.Name).ToHashSet();
        foreach (var tensor in model.Graph.Initializer)
            if (tensor.Dims.Aggregate(1L, (product, size) => product * size) <= LargestShapeConstant && !IsExternal(tensor))
                graph.Initializer.Add(tensor);
            else if (!inputs.Contains(tensor.Name))
                graph.Input.Add(new TensorShape(tensor.Dims, (TensorProto.Types.DataType)tensor.DataType).Declare(tensor.Name));
        graph.Output.Add(model.Graph.Output);
        var outputs = model.Graph.Output.Select(output => output.Name).ToHashSet();
        foreach (var name in model.Graph.Node.SelectMany(node => node.Output))
            if (name.Length > 0 && outputs.Add(name)) graph.Output.Add(new ValueInfoProto { Name = name });
        return probe;
    }

    private static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;
}

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// How large tensors become that are computed from constants alone: the runtime computes them while it loads a model, and takes what memory they ask for,
/// however small the file is.
/// </summary>
internal static class ComputedSizes
{
    private const double MostElements = 1 << 28;

    // Weights may be unpacked, cast, turned round and scaled before they are used.
    private const double MostCopiesOfWeights = 8;

    /// <summary>Refuses a model that asks for a tensor that is too large, or for too many large ones.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
    {
        CheckEach(model, file);
        CheckAll(model, file);
    }

    private static void CheckAll(ModelProto model, string? file)
    {
        if (ConstantPart(model) is not { } part) return;

        var most = Math.Max(MostElements, MostCopiesOfWeights * part.Graph.Initializer.Sum(tensor => Elements(tensor.Dims)));
        var shapes = ShapesOf(part, file);
        EmptyTensors.Check(new ModelGraph(part, new TensorShapes(shapes)), file);
        if (shapes.Values.Sum(shape => Elements(shape.Shape)) is var elements && elements > most)
            throw new InputException(DiagnosticCode.RuntimeRefuses, FormattableString.Invariant(
                $"The model computes {elements:0.0e+0} elements from constants, which the runtime would do while it loads the model; {most:0.0e+0} are allowed. Export the model with constants folded."), file);
    }

    // What is wrong with a part, the whole model tells better.
    private static IReadOnlyDictionary<string, TensorShape> ShapesOf(ModelProto part, string? file)
    {
        try
        {
            return ShapeInference.InferWhole(part, file);
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return new Dictionary<string, TensorShape>();
        }
    }

    private static double Elements(IEnumerable<long> sizes) => sizes.Aggregate(1.0, (product, size) => product * Math.Max(1, size));

    // The nodes that read nothing but constants, and the constants; null when there are none.
    private static ModelProto? ConstantPart(ModelProto model)
    {
        var open = model.Replaceable().Select(tensor => tensor.Name).ToHashSet();
        var constants = model.Graph.Initializer.Where(tensor => !open.Contains(tensor.Name)).ToList();
        var known = constants.Select(tensor => tensor.Name).ToHashSet();
        var nodes = new List<NodeProto>();
        foreach (var node in model.Graph.Node.Where(node => node.IsRepeatable()
            && (node.Input.Count > 0 ? node.Input.All(name => name.Length == 0 || known.Contains(name)) : node.OpType == "Constant")))
        {
            nodes.Add(node);
            known.UnionWith(node.Output);
        }

        if (nodes.All(node => node.OpType == "Constant")) return null;

        var part = new ModelProto { IrVersion = Math.Max(model.IrVersion, 4), Graph = new GraphProto { Name = model.Graph.Name } };
        part.OpsetImport.Add(model.OpsetImport);
        part.Functions.Add(model.Functions);
        part.Graph.Node.Add(nodes);
        var read = nodes.SelectMany(node => node.Input).ToHashSet();
        part.Graph.Initializer.Add(constants.Where(tensor => read.Contains(tensor.Name)));
        return part;
    }

    private static void CheckEach(ModelProto model, string? file)
    {
        var growing = model.Graph.Node.Where(Grows).ToList();
        if (growing.Count == 0) return;

        var lists = ComputedConstants.Of(model, except: Grows);
        var constants = new ModelGraph(model, TensorShapes.None);
        foreach (var node in growing)
            if (node.Input.Select(name => Product(lists.GetValueOrDefault(name) ?? constants.Constant(name))).Append(0).Max() is > MostElements and var elements)
                throw new InputException(DiagnosticCode.RuntimeRefuses, FormattableString.Invariant(
                    $"The {node.OpType} '{Printable.Of(node.Name)}' asks for a tensor of {elements:0.0e+0} elements, which the runtime would make while it loads the model. Export the model with the sizes it is meant for."), file);
    }

    /// <summary>Whether a node makes a tensor as large as some numbers say.</summary>
    internal static bool Grows(NodeProto node) => OperatorTable.Find(node.OpType)?.GrowsBySizes == true;

    private static double Product(TensorProto? sizes) =>
        sizes is { DataType: (int)TensorProto.Types.DataType.Int64, DataLocation: TensorProto.Types.DataLocation.Default, Dims.Count: 1 }
            ? TensorValues.Integers(sizes).Aggregate(1.0, (product, size) => product * Math.Max(1, size))
            : 0;
}

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// How large tensors become whose size is a few numbers in the file: the runtime computes those that depend on nothing else while it loads a model, and
/// takes what memory they ask for.
/// </summary>
internal static class ComputedSizes
{
    private const double MostElements = 1 << 28;

    /// <summary>Refuses a model that asks for a tensor that is too large.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
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

    private static bool Grows(NodeProto node) => OperatorTable.Find(node.OpType)?.GrowsBySizes == true;

    private static double Product(TensorProto? sizes) =>
        sizes is { DataType: (int)TensorProto.Types.DataType.Int64, DataLocation: TensorProto.Types.DataLocation.Default, Dims.Count: 1 }
            ? TensorValues.Integers(sizes).Aggregate(1.0, (product, size) => product * Math.Max(1, size))
            : 0;
}

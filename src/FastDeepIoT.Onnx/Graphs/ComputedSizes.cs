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

    // Operators that take sizes, and give more than all that goes into them.
    private static readonly HashSet<string> Growing = ["ConstantOfShape", "Expand", "Tile"];

    /// <summary>Refuses a model that asks for a tensor that is too large.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
    {
        var growing = model.Graph.Node.Where(node => Growing.Contains(node.OpType)).ToList();
        if (growing.Count == 0) return;

        var lists = ComputedConstants.Of(model, except: Growing);
        var constants = new ModelGraph(model, TensorShapes.None);
        foreach (var node in growing)
            if (node.Input.Select(name => Product(lists.GetValueOrDefault(name) ?? constants.Constant(name))).Append(0).Max() is > MostElements and var elements)
                throw new InputException(DiagnosticCode.RuntimeRefuses, FormattableString.Invariant(
                    $"The {node.OpType} '{Printable.Of(node.Name)}' asks for a tensor of {elements:0.0e+0} elements, which the runtime would make while it loads the model. Export the model with the sizes it is meant for."), file);
    }

    private static double Product(TensorProto? sizes) =>
        sizes is { DataType: (int)TensorProto.Types.DataType.Int64, DataLocation: TensorProto.Types.DataLocation.Default, Dims.Count: 1 }
            ? TensorValues.Integers(sizes).Aggregate(1.0, (product, size) => product * Math.Max(1, size))
            : 0;
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Carries out a change of widths on a copy of a model: constants, numbers that say a size, and declared shapes.</summary>
internal static class WidthRewriter
{
    internal static ModelProto Apply(ModelProto model, WidthGroups groups, WidthChange change)
    {
        var copy = model.Clone();
        if (change.IsEmpty) return copy;

        var constants = new ConstantStore(copy, groups);
        for (var node = 0; node < groups.Graph.Graph.Node.Count; node++) ResizeInputs(groups, change, constants, node);
        new SizeRewriter(groups, constants, change).Rewrite();
        foreach (var declared in copy.Graph.ValueInfo.Concat(copy.Graph.Input)) Declare(declared, groups.AxesOf(declared.Name), change);
        foreach (var (declared, name) in constants.Places.Declarations) Declare(declared, groups.AxesOf(name), change);
        constants.RemoveUnused();
        return copy;
    }

    private static void ResizeInputs(WidthGroups groups, WidthChange change, ConstantStore constants, int node)
    {
        var inputs = groups.Graph.Graph.Node[node].Input;
        for (var input = 0; input < inputs.Count; input++)
            if (groups.Graph.Constant(inputs[input]) is not null && groups.AxesOf(inputs[input]) is { } axes && axes.Any(change.Touches)
                && groups.ValuesOf(inputs[input]) is { } constant)
                constants.Set(node, input, TensorResizer.Resize(constant, axes, change, groups.FillOf(inputs[input])));
    }

    private static void Declare(ValueInfoProto declared, IReadOnlyList<Extent>? axes, WidthChange change)
    {
        if (axes is null || declared.Type?.TensorType?.Shape is not { } shape || shape.Dim.Count != axes.Count) return;

        for (var axis = 0; axis < axes.Count; axis++)
            if (change.Touches(axes[axis]) && change.SizeOf(axes[axis]) is var size)
                shape.Dim[axis] = size >= 0 ? new TensorShapeProto.Types.Dimension { DimValue = size } : new TensorShapeProto.Types.Dimension();
    }
}

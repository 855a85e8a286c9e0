using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The shapes the runtime wrote into a model it optimized: those it inferred when it loaded the original. Reading them is much cheaper than opening
/// another session to infer them again. It writes down the shapes of those tensors that the file it loads declares, so they are declared there
/// without any.
/// </summary>
internal static class WrittenShapes
{
    /// <summary>Declares the tensors of a model whose element types are known and that are not declared yet.</summary>
    internal static void AskFor(ModelProto model, TensorShapes types)
    {
        var declared = model.Graph.ValueInfo.Concat(model.Graph.Output).Select(value => value.Name).ToHashSet();
        foreach (var name in model.Graph.Node.SelectMany(node => node.Output))
            if (types.Find(name) is { } known && declared.Add(name))
                model.Graph.ValueInfo.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)known.ElementType } } });
    }

    /// <summary>The shapes of all tensors that are computed, and of the inputs; null when some are missing, or may be a claim of the file.</summary>
    /// <param name="fused">What the runtime wrote.</param>
    /// <param name="original">The model it was given, with free dimensions fixed.</param>
    internal static TensorShapes? Of(ModelProto fused, ModelProto original)
    {
        // What a file claims about a tensor stays where inference has no answer, and may be wrong.
        var claimed = original.Graph.ValueInfo.Select(value => value.Name).ToHashSet();
        var shapes = new Dictionary<string, TensorShape>();
        foreach (var value in fused.Graph.ValueInfo.Concat(fused.Graph.Output).Concat(fused.Graph.Input))
            if (!claimed.Contains(value.Name) && ShapeOf(value) is { } shape) shapes[value.Name] = shape;

        var computed = fused.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0);
        return computed.All(shapes.ContainsKey) ? new TensorShapes(shapes) : null;
    }

    private static TensorShape? ShapeOf(ValueInfoProto value) =>
        value.Type?.TensorType is { Shape: { } shape } tensor && shape.Dim.All(size => size.HasDimValue && size.DimValue >= 0)
            ? new TensorShape([.. shape.Dim.Select(size => size.DimValue)], (TensorProto.Types.DataType)tensor.ElemType)
            : null;
}

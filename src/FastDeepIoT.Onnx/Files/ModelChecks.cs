using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// What must hold for a model before anybody works with it, because it may come from anybody: sizes say what is there, names are given
/// once, and weights lie in the model's own folder. Takes time and memory in proportion to the file.
/// </summary>
internal static class ModelChecks
{
    /// <summary>What is wrong with a model, as a clause; null when nothing is.</summary>
    internal static string? Problem(ModelProto model) =>
        model.Tensors().Select(Problem).FirstOrDefault(problem => problem is not null)
        ?? model.Graph.Input.Concat(model.Graph.Output).Concat(model.Graph.ValueInfo).Select(Problem).FirstOrDefault(problem => problem is not null)
        ?? Twice(model.Graph)
        ?? OperatorChecks.Problem(model);

    private static string? Problem(TensorProto tensor)
    {
        if (tensor.Dims.Any(size => size < 0)) return $"the weights '{tensor.Name}' have a size below zero";
        if (Elements(tensor.Dims) is not { } elements) return $"the weights '{tensor.Name}' are said to have more elements than can be counted";
        if (tensor.DataLocation == DataLocation.External) return ExternalData.LocationProblem(tensor);

        return Held(tensor) is { } held && !held.Holds(elements)
            ? FormattableString.Invariant($"the weights '{tensor.Name}' are said to have {elements} elements of type {(DataType)tensor.DataType}, and hold {held.Count} {held.Unit}")
            : null;
    }

    // What a tensor holds, and whether that is what so many elements take; null for types nobody here knows.
    private static (long Count, string Unit, Func<long, bool> Holds)? Held(TensorProto tensor)
    {
        var type = (DataType)tensor.DataType;
        if (type == DataType.String) return Exactly(tensor.StringData.Count, 1);
        if (ElementSize.BitsOf(tensor.DataType) is not { } bits) return null;
        if (tensor.HasRawData) return (tensor.RawData.Length, "bytes", elements => elements <= long.MaxValue / bits && tensor.RawData.Length == (elements * bits + 7) / 8);

        return type switch
        {
            DataType.Float => Exactly(tensor.FloatData.Count, 1),
            DataType.Complex64 => Exactly(tensor.FloatData.Count, 2),
            DataType.Double => Exactly(tensor.DoubleData.Count, 1),
            DataType.Complex128 => Exactly(tensor.DoubleData.Count, 2),
            DataType.Int64 => Exactly(tensor.Int64Data.Count, 1),
            DataType.Uint32 or DataType.Uint64 => Exactly(tensor.Uint64Data.Count, 1),
            _ when bits < 8 => (tensor.Int32Data.Count, "numbers", elements => elements <= tensor.Int32Data.Count * (8L / bits)),
            _ => Exactly(tensor.Int32Data.Count, 1),
        };
    }

    private static (long, string, Func<long, bool>)? Exactly(long count, int each) => (count, "numbers", elements => elements <= count && elements * each == count);

    private static string? Problem(ValueInfoProto value)
    {
        // Zero and below stand for sizes that are open.
        var sizes = (value.Type?.TensorType?.Shape?.Dim ?? Enumerable.Empty<TensorShapeProto.Types.Dimension>())
            .Where(dimension => dimension.HasDimValue && dimension.DimValue > 0).Select(dimension => dimension.DimValue);
        return Elements(sizes) is null ? $"the tensor '{value.Name}' is said to have more elements than can be counted" : null;
    }

    private static string? Twice(GraphProto graph)
    {
        var names = new HashSet<string>();
        foreach (var name in graph.Initializer.Select(tensor => tensor.Name).Concat(graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0)))
            if (!names.Add(name)) return $"the name '{name}' is given to two tensors";

        names.Clear();
        return graph.Input.FirstOrDefault(input => !names.Add(input.Name)) is { } twice ? $"the name '{twice.Name}' is given to two inputs" : null;
    }

    // Bytes must be countable too: the largest element has 16.
    private static long? Elements(IEnumerable<long> sizes)
    {
        var elements = 1L;
        foreach (var size in sizes)
        {
            if (size != 0 && elements > long.MaxValue / 16 / size) return null;
            elements *= size;
        }

        return elements;
    }
}

using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>An input of the model that data must be given for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Sizes of its axes; -1 where the model leaves them open.</param>
internal sealed record InputSlot(string Name, DataType Type, IReadOnlyList<int> Shape)
{
    /// <summary>The inputs of a model that are no constants.</summary>
    internal static IReadOnlyList<InputSlot> Of(ModelProto model, string path)
    {
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        return model.Graph.Input.Where(input => !constants.Contains(input.Name)).Select(input => Of(input, path)).ToList();
    }

    /// <summary>Finds the array for this input among those of a part.</summary>
    internal NumpyArray ArrayIn(CalibrationPart part, int position, bool isOnly)
    {
        string[] names = isOnly ? [Name, $"input_{position}", CalibrationFiles.Unnamed, "input", "data"] : [Name, $"input_{position}"];
        return names.Select(part.Arrays.GetValueOrDefault).FirstOrDefault(array => array is not null)
            ?? throw CalibrationProblem.Of(part.Path, $"they have no array for the input '{Name}', only {string.Join(", ", part.Arrays.Keys.Select(key => $"'{key}'"))}",
                isOnly ? $"name the array '{Name}' or 'x'" : $"name the array '{Name}'");
    }

    /// <summary>Samples a batch must have: what the model says, or as many as we like.</summary>
    internal int? FixedBatch => Shape[0] > 0 ? Shape[0] : null;

    private static InputSlot Of(ValueInfoProto input, string path)
    {
        if (input.Type?.TensorType is not { Shape.Dim.Count: > 0 } tensor)
            throw CalibrationProblem.Of(path, $"the model's input '{input.Name}' is no tensor with a batch axis", "such a model cannot be compressed");

        var type = (DataType)tensor.ElemType;
        return type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Int32 or DataType.Int64 or DataType.Uint8 or DataType.Int8 or DataType.Bool
            ? new(input.Name, type, tensor.Shape.Dim.Select(dim => dim.HasDimValue && dim.DimValue > 0 ? (int)dim.DimValue : -1).ToArray())
            : throw CalibrationProblem.Of(path, $"the model's input '{input.Name}' has elements of type {type}", "expected numbers");
    }
}

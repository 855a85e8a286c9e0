using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Sizes for the dimensions a model leaves open, by name. A dimension that is not named is taken as 1 and reported.
/// </summary>
public sealed class FreeDimensions(IReadOnlyDictionary<string, long> sizes)
{
    /// <summary>The size of a dimension nobody gave one for: one item in the batch, one step.</summary>
    private const long AssumedSize = 1;

    /// <summary>No sizes: every free dimension is 1.</summary>
    public static FreeDimensions None { get; } = new(new Dictionary<string, long>());

    /// <summary>The sizes given, by name.</summary>
    public IReadOnlyDictionary<string, long> Sizes => sizes;

    /// <summary>Fixes the dimensions of a model's inputs and returns the names that had to be assumed.</summary>
    public IReadOnlyList<string> Fix(ModelProto model)
    {
        var assumed = new List<string>();
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        foreach (var input in model.Graph.Input.Where(input => !constants.Contains(input.Name)))
            foreach (var (dimension, index) in Dimensions(input).Select((dimension, index) => (dimension, index)))
            {
                if (dimension.HasDimValue && dimension.DimValue > 0) continue;

                var name = NameOf(input, dimension, index);
                if (!sizes.TryGetValue(name, out var size))
                {
                    size = AssumedSize;
                    assumed.Add(name);
                }

                dimension.DimValue = size;
            }

        return assumed.Distinct().ToList();
    }

    /// <summary>The names given that no input of the model has.</summary>
    public IReadOnlyList<string> Unknown(ModelProto model)
    {
        var names = model.Graph.Input.SelectMany(input =>
            Dimensions(input).Select((dimension, index) => dimension.HasDimParam ? dimension.DimParam : $"{input.Name}[{index}]")).ToHashSet();
        return sizes.Keys.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The inputs of a model that are no constants: for every axis the free dimension it is, or else its size.</summary>
    public static IReadOnlyList<ModelInput> InputsOf(ModelProto model)
    {
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        return [.. model.Graph.Input.Where(input => !constants.Contains(input.Name)).Select(input =>
            new ModelInput(input.Name, [.. Dimensions(input).Select((dimension, index) => dimension.HasDimValue && dimension.DimValue > 0
                ? new ModelAxis(null, dimension.DimValue)
                : new ModelAxis(NameOf(input, dimension, index), 0))]))];
    }

    private static string NameOf(ValueInfoProto input, TensorShapeProto.Types.Dimension dimension, int index) =>
        dimension.HasDimParam && dimension.DimParam.Length > 0 ? dimension.DimParam : $"{input.Name}[{index}]";

    private static IEnumerable<TensorShapeProto.Types.Dimension> Dimensions(ValueInfoProto input) =>
        input.Type?.TensorType?.Shape?.Dim ?? Enumerable.Empty<TensorShapeProto.Types.Dimension>();
}

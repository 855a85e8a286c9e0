using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Tells which sizes of free dimensions were assumed or not needed.</summary>
internal static class DimensionNotes
{
    /// <summary>Fixes the dimensions of a model and returns what to tell.</summary>
    internal static IReadOnlyList<Finding> Fix(ModelProto model, FreeDimensions dimensions, string path)
    {
        var findings = new List<Finding>();
        if (dimensions.Unknown(model) is { Count: > 0 } unknown)
            findings.Add(new Finding(DiagnosticCode.FreeDimension,
                $"The model has no free dimension {List(unknown)}; the size given is ignored.", path));
        if (dimensions.Fix(model) is { Count: > 0 } assumed)
            findings.Add(new Finding(DiagnosticCode.FreeDimension,
                $"Free dimension {List(assumed)} is taken as 1. Give its size with --dim '{assumed[0]}=N'.", path));
        return findings;
    }

    /// <summary>What <see cref="Fix"/> would tell about a model that is to stay as it is.</summary>
    internal static IReadOnlyList<Finding> Of(ModelProto model, FreeDimensions dimensions, string path)
    {
        // The inputs without the weights: a copy of these costs nothing.
        var graph = new GraphProto();
        graph.Input.Add(model.Graph.Input.Select(input => input.Clone()));
        graph.Initializer.Add(model.Graph.Initializer.Select(tensor => new TensorProto { Name = tensor.Name }));
        return Fix(new ModelProto { Graph = graph }, dimensions, path);
    }

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}

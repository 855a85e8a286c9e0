using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Fixes the free dimensions of a model and tells which sizes were assumed or not needed.</summary>
internal static class DimensionNotes
{
    /// <summary>Fixes the dimensions and returns what to tell.</summary>
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

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}

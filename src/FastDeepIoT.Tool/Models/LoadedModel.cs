using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A model from a file, its free dimensions fixed.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Model">The model.</param>
/// <param name="Findings">What was assumed.</param>
internal sealed record LoadedModel(string Path, ModelProto Model, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="InputException">FDI3002 or FDI3003 when it cannot be read.</exception>
    internal static LoadedModel Read(string path, FreeDimensions dimensions)
    {
        var model = OnnxFile.Read(path);
        return new LoadedModel(path, model, DimensionNotes.Fix(model, dimensions, path));
    }
}

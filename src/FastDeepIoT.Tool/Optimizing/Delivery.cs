using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Writes what is delivered in a model's place.</summary>
internal static class Delivery
{
    /// <summary>
    /// Writes the faster model, or a copy of the original. Weights in other files come along: where the model goes, those are not.
    /// </summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    internal static void Write(OptimizedModel model, string source, string destination)
    {
        if (model.Result is { } result) OnnxFile.Write(result, destination);
        else if (ExternalData.IsUsedBy(model.Source)) OnnxFile.Write(ExternalData.Embed(model.Source, source), destination);
        else
            WholeFile.Write(destination, stream =>
            {
                using var original = File.OpenRead(source);
                original.CopyTo(stream);
            });
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Writes what is delivered in a model's place.</summary>
internal static class Delivery
{
    /// <summary>Whether the original is delivered, byte for byte.</summary>
    internal static bool IsOriginal(OptimizedModel model) => model.Result is null && !ExternalData.IsUsedBy(model.Source);

    /// <summary>
    /// Writes the faster model, or a copy of the original. Weights in other files come along: where the model goes, those are not.
    /// </summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    internal static void Write(OptimizedModel model, string source, string destination)
    {
        if (IsOriginal(model)) Copy(source, destination);
        else OnnxFile.Write(ExternalData.Embed(model.Result ?? model.Source, source), destination);
    }

    /// <summary>
    /// As <see cref="Write"/>; weights that do not fit into one file with the model are written to a second one beside it.
    /// </summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    internal static void WriteLarge(OptimizedModel model, string source, string destination)
    {
        var delivered = model.Result ?? model.Source;
        if (ExternalData.WeightBytes(delivered) > ExternalData.LargestModel) ExternalData.Write(delivered, source, destination);
        else Write(model, source, destination);
    }

    /// <summary>Copies the original.</summary>
    /// <exception cref="InputException">FDI3002 when the original cannot be read, FDI3009 when the copy cannot be written.</exception>
    internal static void Copy(string source, string destination)
    {
        using var original = OnnxFile.Open(source);
        WholeFile.Write(destination, original.CopyTo);
    }
}

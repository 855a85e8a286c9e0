using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Weights are fitted to all samples layer by layer, and what the layers ahead still read is held for every sample: how many samples that
/// may be in a given memory.
/// </summary>
internal static class ActivationMemory
{
    // Fewer tell too little.
    private const int Fewest = 32;

    /// <summary>The most samples to fit to.</summary>
    internal static int MostSamples(ModelProto model, string? file, CalibrationData data, CompressionOptions options)
    {
        var copy = model.Clone();
        options.FreeDimensions.Fix(copy);
        var bytes = NetworkMemory.BytesOf(RuntimeGraph.Of(copy, file).Network) / (data.FixedBatch ?? 1);
        return (int)Math.Clamp(options.MostActivationBytes / Math.Max(1, bytes), Fewest, int.MaxValue);
    }
}

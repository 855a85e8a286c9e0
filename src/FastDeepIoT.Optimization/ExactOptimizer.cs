using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Makes a model faster on a device without changing what it computes: removes channels that are not needed, chooses widths by predicted
/// time, grows them with zeros, and runs both models to make sure. What cannot be proved safe, or does not pay, is left alone.
/// </summary>
public static class ExactOptimizer
{
    /// <summary>Optimizes a model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it; null when there is none.</param>
    /// <param name="device">The device to make it fast on.</param>
    /// <param name="options">Thresholds and free dimensions.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the search or the comparison.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static OptimizationResult Optimize(
        ModelProto model, string? file, DeviceModel device, ExactOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ExactOptions();
        if (file is not null && ExternalData.IsUsedBy(model) && ExternalData.WeightBytes(model) <= options.LargestEmbedded) model = ExternalData.Embed(model, file);
        var study = ExactStudy.Of(model, file, device, options);
        var sizes = study.Choose(progress, cancellation);
        var result = sizes.Count == 0 && study.Removed.Count == 0
            ? study.Unchanged("no change of widths is predicted to pay")
            : new ExactRewrite(model, study, sizes).Carry(cancellation);
        return result with { Alternatives = study.Alternatives(sizes).Select(other => new ExactRewrite(model, study, other)) };
    }
}

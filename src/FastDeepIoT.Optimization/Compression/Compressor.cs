using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Makes a model faster on a device at a bounded cost in accuracy: removes the channels that save the most time for the least harm, repairs
/// what read them by least squares, and judges the result on data kept apart. Nothing is trained.
/// </summary>
public static class Compressor
{
    /// <summary>Compresses a model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it; null when there is none.</param>
    /// <param name="device">The device to make it fast on.</param>
    /// <param name="split">Data to fit, choose and judge by.</param>
    /// <param name="options">What it may cost and has to reach.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3016 when it does not run on the data.</exception>
    public static CompressionResult Compress(ModelProto model, string? file, DeviceModel device, DataSplit split,
        CompressionOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new CompressionOptions();
        if (file is not null && ExternalData.IsUsedBy(model)) model = ExternalData.Embed(model, file);
        IntegerDivisions.CheckRunning(model, file);
        split = split.FittedTo(ActivationMemory.MostSamples(model, file, split.Fit.Data, options));
        var stages = new StageProgress(progress);
        using var study = new CompressionStudy(model, file, device, split.Fit, options, stages, cancellation);
        var trials = new PlanTrials(study, split.Fit, split.Choice, stages, cancellation);
        return new CompressionGate(study, trials, split).Run(cancellation);
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Makes models faster on a device without changing what they compute.</summary>
/// <param name="device">The device.</param>
/// <param name="dimensions">Sizes of free dimensions.</param>
/// <param name="verification">How results are compared with originals.</param>
internal sealed class ModelOptimizer(DeviceModel device, FreeDimensions dimensions, VerificationOptions? verification = null)
{
    private readonly LayerCliffs _cliffs = new(device);

    /// <summary>Optimizes a model.</summary>
    /// <param name="path">The file to read; it is not changed.</param>
    /// <param name="name">How to call it.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="InputException">The model cannot be read, or the runtime refuses it.</exception>
    internal OptimizedModel Optimize(string path, string name, IProgress<double>? progress, CancellationToken cancellation)
    {
        var model = OnnxFile.Read(path);
        var findings = DimensionNotes.Of(model, dimensions, name);
        var result = ExactOptimizer.Optimize(model, path, device, new ExactOptions { FreeDimensions = dimensions, Verification = verification ?? new() }, progress, cancellation);
        return new OptimizedModel(model, result.Model, result.Report, Describe(name, model, result.Network, result.Prediction, findings)) { Exact = result };
    }

    /// <summary>Compresses a model within a bounded cost in accuracy.</summary>
    /// <param name="path">The file to read; it is not changed.</param>
    /// <param name="name">How to call it.</param>
    /// <param name="request">Data, and what it may cost.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Model or data cannot be read, or the runtime refuses them.</exception>
    internal OptimizedModel Compress(string path, string name, CalibrationRequest request, IProgress<double>? progress, CancellationToken cancellation)
    {
        var model = OnnxFile.Read(path);
        var findings = DimensionNotes.Of(model, dimensions, name);
        var data = request.Data is null ? CalibrationData.Drawn(model, path, dimensions, request.Seed) : CalibrationData.Read(request.Data, model, request.Preprocessing);
        var judging = request.Judging is null ? null : CalibrationData.Read(request.Judging, model, request.Preprocessing);
        var options = new CompressionOptions
        {
            MaxDrop = request.MaxDrop.Fraction,
            BudgetNanoseconds = request.Budget?.Nanoseconds,
            FreeDimensions = dimensions,
            Seed = request.Seed,
            WholeFrontier = request.WholeFrontier,
        };
        var (result, report) = Compressor.Compress(model, path, device, DataSplit.Of(data, judging, request.Seed), options, progress, cancellation);
        return new OptimizedModel(model, result.Model, result.Report, Describe(name, model, result.Network, result.Prediction, findings)) { Compression = report };
    }

    /// <summary>Only predicts a model.</summary>
    /// <exception cref="InputException">The model cannot be read, or the runtime refuses it.</exception>
    internal OptimizedModel LeaveAlone(string path, string name)
    {
        var model = OnnxFile.Read(path);
        var findings = DimensionNotes.Of(model, dimensions, name);
        var network = NetworkOf(model, path);
        return new OptimizedModel(model, null, null, Describe(name, model, network, device.Predict(network), findings));
    }

    /// <summary>Looks for what is wrong with the model itself; changes nothing.</summary>
    /// <exception cref="InputException">The model cannot be read, or the runtime refuses it.</exception>
    internal LintedModel Lint(string path)
    {
        var model = OnnxFile.Read(path);
        var whole = ExternalData.IsUsedBy(model) && ExternalData.WeightBytes(model) <= ExternalData.LargestModel ? ExternalData.Embed(model, path) : model;
        var loadable = Fixed(model);
        EmptyBiases.Remove(loadable);
        var network = RuntimeGraph.Of(loadable, path).Network;
        return new LintedModel(path, [.. LintMessages.Of(ModelLint.Of(whole), path), .. LintMessages.Of(device, network, device.Predict(network), path)]);
    }

    /// <summary>
    /// Times the original, the result and, in exact mode, its alternatives in turn, and takes back what does not make it faster here: parts of the
    /// rewrite, or all of it. Of a compressed model the whole trade-off is timed, if it was asked for.
    /// </summary>
    internal OptimizedModel Confirm(OptimizedModel optimized, string path, int threads, CancellationToken cancellation)
    {
        IReadOnlyList<ModelTime> Time(IReadOnlyList<ModelProto> models) =>
            ModelStopwatch.Measure([.. models.Select(model => new TimedModel(Fixed(model), path))], threads, cancellation);

        if (optimized.Compression is { } compression) return Confirm(optimized, compression, path, Time);
        if (optimized.Exact is not { } exact || new MeasuredSelection(optimized.Source, exact, Time, cancellation).Run() is not var (kept, before, after)) return optimized;

        var gain = new MeasuredGain(optimized.Delivered.Path, before, after);
        return kept is null ? Original(optimized, path, gain) : Chosen(optimized, kept) with { Measured = gain };
    }

    private OptimizedModel Confirm(OptimizedModel optimized, CompressionReport compression, string path, Func<IReadOnlyList<ModelProto>, IReadOnlyList<ModelTime>> time)
    {
        var points = compression.Frontier.Select(point => point.Model).OfType<ModelProto>().ToList();
        if (optimized.Result is null && points.Count == 0) return optimized;

        var times = time([optimized.Source, optimized.Result ?? optimized.Source, .. points]);
        optimized = optimized with { Compression = Timed(compression, times.Skip(2)) };
        if (optimized.Result is null) return optimized;

        var gain = new MeasuredGain(optimized.Delivered.Path, times[0], times[1]);
        return gain.Pays ? optimized with { Measured = gain } : Original(optimized, path, gain);
    }

    private OptimizedModel Chosen(OptimizedModel optimized, OptimizationResult kept) => optimized with
    {
        Result = kept.Model,
        Report = kept.Report,
        Exact = kept,
        Delivered = optimized.Delivered with { Prediction = kept.Prediction, Cliffs = _cliffs.Of(kept.Network, kept.Prediction) },
    };

    private OptimizedModel Original(OptimizedModel optimized, string path, MeasuredGain gain)
    {
        var network = NetworkOf(optimized.Source, path);
        var prediction = device.Predict(network);
        return optimized with
        {
            Result = null,
            Report = optimized.Report!.TakenBack(MeasuredSelection.NotMeasured),
            Delivered = optimized.Delivered with { Prediction = prediction, Cliffs = _cliffs.Of(network, prediction) },
            Measured = gain,
            Compression = optimized.Compression?.TakenBack(),
        };
    }

    private static CompressionReport Timed(CompressionReport report, IEnumerable<ModelTime> times)
    {
        var queue = new Queue<ModelTime>(times);
        return report with { Frontier = [.. report.Frontier.Select(point => point.Model is null ? point : point with { MeasuredNanoseconds = queue.Dequeue().MedianNanoseconds })] };
    }

    private PredictedModel Describe(string name, ModelProto model, Network network, NetworkPrediction prediction, IReadOnlyList<Finding> findings) =>
        new(name, device.Name, prediction, _cliffs.Of(network, prediction),
            [.. findings, .. LintMessages.Of(ModelLint.Of(model), name), .. LintMessages.Of(device, network, prediction, name)]);

    private Network NetworkOf(ModelProto model, string path) => RuntimeGraph.Of(Fixed(model), path).Network;

    private ModelProto Fixed(ModelProto model)
    {
        var copy = model.Clone();
        dimensions.Fix(copy);
        return copy;
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Builds the models of a request, each on its own: one that fails does not keep the others from being done.</summary>
internal sealed class ModelBuild(ProjectFolder project, ResultCache? cache)
{
    private readonly Dictionary<(string? Device, string? StandIn), Lazy<ResolvedDevice>> _devices = [];

    /// <summary>Writes output and report of a model, and returns one line for people.</summary>
    /// <exception cref="InputException">FDI3009 when the report cannot be written.</exception>
    internal string Build(BuildModel model, CancellationToken cancellation)
    {
        var key = cache is null ? null : CacheKey.Of(model, project);
        if (key is not null && cache!.Restore(key, model) is { } kept) return kept + ", from the cache";

        var (report, line) = Work(model, cancellation);
        var text = BuildReportJson.Of(report, project);
        var shapes = report.Shapes is { } known ? ShapeTimesJson.Of(known) : "";
        BuildFiles.Write(model, text, shapes);
        if (key is not null && report.Result is { } result) Keep(key, model, new CachedResult(line, text, shapes, Delivery.IsOriginal(result)));
        return line;
    }

    // Nothing is kept of files that were edited meanwhile: which of both states the result is about, nobody knows.
    private void Keep(string key, BuildModel model, CachedResult result)
    {
        if (CacheKey.Of(model, project) == key) cache!.Store(key, model, result);
    }

    private (BuildReport Report, string Line) Work(BuildModel model, CancellationToken cancellation)
    {
        string? device = null;
        try
        {
            var resolved = DeviceOf(model);
            device = resolved.Model.Name;
            var optimizer = new ModelOptimizer(resolved.Model, model.Dimensions);
            var optimized = model.Mode switch
            {
                "none" => optimizer.LeaveAlone(model.Source, model.Name),
                "exact" => optimizer.Optimize(model.Source, model.Name, null, cancellation),
                "compress" => Passed(optimizer.Compress(model.Source, model.Name, model.Calibration!, null, cancellation)),
                _ => throw new InputException(DiagnosticCode.InvalidOption,
                    $"Mode '{model.Mode}' is not None, Exact or Compress. Change the Mode of the OnnxModel item.",
                    model.Name),
            };
            Delivery.Write(optimized, model.Source, model.Output);
            var shapes = new ShapeTimesBuilder(resolved.Model, model.Dimensions).Of(model, optimized);
            return (BuildReport.Of(model, optimized, resolved.Findings) with { Shapes = shapes }, OptimizationText.Line(optimized));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Disk.TryDelete(model.Output);
            var finding = Failure.FindingOf(e);
            return (BuildReport.Failed(model, device, finding), $"{model.Name}: failed, {finding.Code}");
        }
    }

    // A model that lost too much is not delivered: the build has to say so.
    private static OptimizedModel Passed(OptimizedModel model) =>
        model.MissedGate ? throw new InputException(model.Report!.Findings[0]) : model;

    private ResolvedDevice DeviceOf(BuildModel model)
    {
        lock (_devices)
        {
            var key = (model.Device, model.StandIn);
            if (!_devices.TryGetValue(key, out var device))
                _devices[key] = device = new(() => DeviceResolver.Resolve(model.Device, threads: null, Runtime.Version, model.StandIn, inProject: true));
            return device.Value;
        }
    }
}

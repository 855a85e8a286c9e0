using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A model and how long it takes on this machine.</summary>
internal sealed record MeasuredModel(string Path, ModelTime Time, IReadOnlyList<Finding> Findings)
{
    /// <summary>Times models, all of them in turn.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses a model or fails to run it.</exception>
    internal static IReadOnlyList<MeasuredModel> Measure(IReadOnlyList<LoadedModel> models, int threads, CancellationToken cancellation)
    {
        var times = ModelStopwatch.Measure([.. models.Select(model => new TimedModel(model.Model, model.Path))], threads, cancellation);
        return [.. models.Zip(times, (model, time) => new MeasuredModel(
            model.Path, time, time.Quiet ? model.Findings : [.. model.Findings, Disturbed(model.Path)]))];
    }

    /// <summary>FDI3014.</summary>
    internal static Finding Disturbed(string path) => new(DiagnosticCode.Disturbed,
        "The machine was never quiet enough while this model was timed. Measure again while nothing else runs.", path);
}

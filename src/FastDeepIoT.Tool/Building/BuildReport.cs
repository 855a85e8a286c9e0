using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What a build learns about one model.</summary>
/// <param name="Model">The model, as it was asked for.</param>
/// <param name="Status">optimized, unchanged or failed.</param>
/// <param name="Device">The name of the device model; null when it could not be read.</param>
/// <param name="Result">What became of it; null when it failed.</param>
/// <param name="Findings">What to tell.</param>
internal sealed record BuildReport(BuildModel Model, string Status, string? Device, OptimizedModel? Result, IReadOnlyList<Finding> Findings)
{
    /// <summary>At which sizes of its free dimensions the delivered model is slow; null when it has none, or failed.</summary>
    internal ShapeTimes? Shapes { get; init; }

    /// <summary>The report on a model that was done.</summary>
    internal static BuildReport Of(BuildModel model, OptimizedModel result, IEnumerable<Finding> deviceFindings) => new(
        model, result.IsFaster ? "optimized" : "unchanged", result.Delivered.Device, result, [.. deviceFindings, .. result.Findings]);

    /// <summary>The report on a model that could not be done.</summary>
    internal static BuildReport Failed(BuildModel model, string? device, Finding finding) => new(model, "failed", device, null, [finding]);
}

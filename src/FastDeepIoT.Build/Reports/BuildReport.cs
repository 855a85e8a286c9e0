using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the tool found out about one model.</summary>
internal sealed record BuildReport(
    ReportStatus Status,
    string Model,
    string Mode,
    string? Device,
    Prediction? Original,
    Prediction? Optimized,
    IReadOnlyList<ReportedFinding> Findings)
{
    private const string ExactMode = "Mode=\"Exact\" on the item pads such widths without changing results";

    /// <summary>The costliest layers of what is delivered, dearest first.</summary>
    internal IReadOnlyList<LayerCost> Layers { get; init; } = [];

    /// <summary>Changes of widths that would help, those that save most first.</summary>
    internal IReadOnlyList<LayerFix> Fixes { get; init; } = [];

    /// <summary>What messages about a missed limit say of it; null when no time was predicted.</summary>
    internal LatencyFacts? Facts => Optimized is not { } time
        ? null
        : new LatencyFacts(Model, Device ?? "", time) { Layers = Layers, Fixes = Fixes, Padding = Mode == "none" ? ExactMode : null };
}

/// <summary>How the work on a model ended.</summary>
internal enum ReportStatus
{
    /// <summary>The output is faster than the original.</summary>
    Optimized,

    /// <summary>The output is a copy of the original.</summary>
    Unchanged,

    /// <summary>There is no output.</summary>
    Failed,
}

/// <summary>A finding with its place.</summary>
/// <param name="Code">Its row in the table of diagnostics.</param>
/// <param name="Severity">How the tool judged it.</param>
/// <param name="Message">The complete text.</param>
/// <param name="File">Null for the model itself.</param>
internal sealed record ReportedFinding(DiagnosticCode Code, FindingSeverity Severity, string Message, string? File);

using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the tool found out about one model.</summary>
internal sealed record BuildReport(
    ReportStatus Status,
    string Model,
    string? Device,
    Prediction? Original,
    Prediction? Optimized,
    IReadOnlyList<LayerCost> Layers,
    IReadOnlyList<ReportedFinding> Findings);

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

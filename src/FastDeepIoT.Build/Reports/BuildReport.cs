using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the tool found out about one model.</summary>
internal sealed record BuildReport(
    ReportStatus Status,
    string Model,
    string? Device,
    PredictedTime? Original,
    PredictedTime? Optimized,
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

/// <summary>Predicted time of one run with its 80% interval.</summary>
internal sealed record PredictedTime(double Milliseconds, double LowMilliseconds, double HighMilliseconds);

/// <summary>What one layer costs, and what would help.</summary>
/// <param name="Name">The node.</param>
/// <param name="Kind">The layer's kind.</param>
/// <param name="Milliseconds">Predicted time.</param>
/// <param name="Share">Part of the whole network's time, 0 to 1.</param>
/// <param name="Advice">One sentence, or null.</param>
internal sealed record LayerCost(string Name, string Kind, double Milliseconds, double Share, string? Advice);

/// <summary>A finding with its place.</summary>
/// <param name="Code">Its row in the table of diagnostics.</param>
/// <param name="Severity">How the tool judged it.</param>
/// <param name="Message">The complete text.</param>
/// <param name="File">Null for the model itself.</param>
internal sealed record ReportedFinding(DiagnosticCode Code, FindingSeverity Severity, string Message, string? File);

using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>The rules as the compiler sees them, from the one table of codes.</summary>
internal static class Descriptors
{
    private const string FasterThoughWider =
        "Another width close by is predicted to be faster on the device, although it is wider.";
    private const string OnCliff = "{0}: predicted {1}× slower than with {2} {3} on '{4}' ({5}){6}";

    internal static readonly DiagnosticDescriptor WidthOnCliff = new(
        "FDI1001", DiagnosticCode.WidthOnCliff.Title, OnCliff, "Performance", DiagnosticSeverity.Warning, true,
        FasterThoughWider, DiagnosticCode.WidthOnCliff.HelpLink);

    internal static readonly DiagnosticDescriptor FreeCapacity = new(
        "FDI1002", DiagnosticCode.FreeCapacity.Title, "{0}: {1} {2} are predicted to cost no more than {3} on '{4}'{5}",
        "Performance", DiagnosticSeverity.Info, true,
        "The device works in steps; a wider layer within the same step takes the same time.",
        DiagnosticCode.FreeCapacity.HelpLink);

    internal static readonly DiagnosticDescriptor InputShapeOnCliff = new(
        "FDI1003", DiagnosticCode.InputShapeOnCliff.Title, "{0}: predicted {1}× the time of {2}{3} on '{4}' (±{5}%){6}",
        "Performance", DiagnosticSeverity.Warning, true,
        "A size close by is predicted to be faster on the device by more than it is less work.", DiagnosticCode.InputShapeOnCliff.HelpLink);

    internal static readonly DiagnosticDescriptor SequenceOverBudget = new(
        "FDI1004", DiagnosticCode.SequenceOverBudget.Title, "{0}: predicted {1} on '{2}', {3}; costliest: {4}{5}",
        "Performance", DiagnosticSeverity.Warning, true,
        "The times of its modules, as the device model predicts them, add up to more than was allowed.", DiagnosticCode.SequenceOverBudget.HelpLink);

    internal static readonly DiagnosticDescriptor RecurrentWidthOnCliff = new(
        "FDI1005", DiagnosticCode.RecurrentWidthOnCliff.Title, OnCliff, "Performance", DiagnosticSeverity.Warning, true,
        FasterThoughWider, DiagnosticCode.RecurrentWidthOnCliff.HelpLink);

    internal static readonly DiagnosticDescriptor FileUnreadable = new(
        "FDI1008", DiagnosticCode.AnalyzerFileUnreadable.Title, "{0}", "Configuration", DiagnosticSeverity.Warning, true,
        "What the file should tell is not known, so nothing is reported about it.",
        DiagnosticCode.AnalyzerFileUnreadable.HelpLink, WellKnownDiagnosticTags.CompilationEnd);

    internal static readonly DiagnosticDescriptor DeviceModelUnreadable = new(
        "FDI1009", DiagnosticCode.AnalyzerDeviceModelUnreadable.Title, "{0}", "Configuration", DiagnosticSeverity.Warning, true,
        "Without a device model nothing is known about execution time, so nothing is reported.",
        DiagnosticCode.AnalyzerDeviceModelUnreadable.HelpLink, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The rule that speaks of the cliffs of a layer.</summary>
    internal static DiagnosticDescriptor CliffOf(LayerShape shape) =>
        shape.Rule == DiagnosticCode.RecurrentWidthOnCliff ? RecurrentWidthOnCliff : WidthOnCliff;
}

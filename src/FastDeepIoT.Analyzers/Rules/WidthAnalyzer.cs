using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>Reports widths of constructed layers that a device model predicts to be slow (FDI1001, FDI1002, FDI1005), and sequences that are over
/// their budget (FDI1004).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WidthAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.WidthOnCliff, Descriptors.FreeCapacity, Descriptors.SequenceOverBudget, Descriptors.RecurrentWidthOnCliff,
        Descriptors.FileUnreadable, Descriptors.DeviceModelUnreadable);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    // Whole files, not nodes: only few files construct layers, and those are told by their text. To be called for every node of every
    // file costs the compiler more than all the rest.
    private static void Start(CompilationStartAnalysisContext context)
    {
        if (DeviceModels.FilesOf(context.Options) is not { Count: > 0 } files) return;
        var descriptions = LayerDescriptions.Read(context.Options, context.CancellationToken);
        foreach (var file in descriptions.Unreadable)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(file.Report(Descriptors.FileUnreadable)));
        if (TorchSharpTypes.Of(context.Compilation) is var torchSharp && torchSharp is null && descriptions.Known.Count == 0) return;

        var rules = new CompilationRules(
            new LayerLibrary(torchSharp, descriptions.Known), files, context.Options.AnalyzerConfigOptionsProvider);
        context.RegisterSemanticModelAction(rules.Visit);
        context.RegisterCompilationEndAction(rules.ReportUnreadableFiles);
    }
}

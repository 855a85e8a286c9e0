using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>Reports widths of TorchSharp layers that a device model predicts to be slow (FDI1001, FDI1002, FDI1005).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WidthAnalyzer : DiagnosticAnalyzer
{
    private static readonly SourceTextValueProvider<ParsedDeviceModel> _parser = new(DeviceModels.Parse);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.WidthOnCliff, Descriptors.FreeCapacity, Descriptors.RecurrentWidthOnCliff, Descriptors.DeviceModelUnreadable);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (TorchSharpTypes.Of(context.Compilation) is not { } types) return;

        ParsedDeviceModel? ParseOnce(SourceText text) => context.TryGetValue(text, _parser, out var parsed) ? parsed : null;
        var devices = DeviceModels.Read(context.Options, ParseOnce, context.CancellationToken);
        foreach (var file in devices.Unreadable)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(file.Report(Descriptors.DeviceModelUnreadable)));
        if (devices.Known.Count == 0) return;

        var rules = new CompilationRules(types, devices.Known, context.Options.AnalyzerConfigOptionsProvider);
        context.RegisterSyntaxNodeAction(rules.Visit, SyntaxKind.InvocationExpression);
    }
}

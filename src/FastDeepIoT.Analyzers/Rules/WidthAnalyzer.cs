using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>Reports widths of TorchSharp layers that a device model predicts to be slow (FDI1001, FDI1002, FDI1005).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WidthAnalyzer : DiagnosticAnalyzer
{
    private const long MostDataChannels = 4;
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

        var devices = DeviceModels.Read(
            context.Options, text => context.TryGetValue(text, _parser, out var parsed) ? parsed : null, context.CancellationToken);
        if (devices.Unreadable.Count > 0) context.RegisterCompilationEndAction(end => Report(devices, end));
        if (devices.Known.Count == 0) return;

        var networks = new ConcurrentDictionary<SyntaxNode, Network>();
        var settings = new ConcurrentDictionary<SyntaxTree, CliffSettings>();
        context.RegisterSyntaxNodeAction(call => Visit(call, types, devices, networks, settings), SyntaxKind.InvocationExpression);
    }

    private static void Visit(
        SyntaxNodeAnalysisContext context, TorchSharpTypes types, DeviceModels devices,
        ConcurrentDictionary<SyntaxNode, Network> networks, ConcurrentDictionary<SyntaxTree, CliffSettings> settings)
    {
        if (context.Node is not InvocationExpressionSyntax call || MethodName.Of(call) is not { } name || !LayerReader.Knows(name)) return;

        var setting = settings.GetOrAdd(call.SyntaxTree, tree => CliffSettings.Of(tree, context.Options.AnalyzerConfigOptionsProvider));
        var network = networks.GetOrAdd(Network.ScopeOf(call),
            scope => Network.Read(scope, context.SemanticModel, types, setting.Input, context.CancellationToken));
        if (network.Find(call) is not { } layer) return;

        var judge = new WidthJudge(devices.Known, setting.Options);
        foreach (var node in layer.Nodes.Where(IsJudged))
            if (judge.Judge(node) is { Count: > 0 } verdicts) context.ReportDiagnostic(WidthDiagnostic.Of(node, verdicts, judge));
    }

    // Few channels from outside are colours or sensors: data, not a choice. And one width written twice is reported once.
    private static bool IsJudged(WidthNode node) =>
        node.Written.Count > 0
        && (node.Role != WidthRole.Inputs || node.Layer.IsFed || node.Width > MostDataChannels)
        && node.Layer.Nodes.First(other => other.Group == node.Group) == node;

    private static void Report(DeviceModels devices, CompilationAnalysisContext context)
    {
        foreach (var file in devices.Unreadable)
        {
            var start = Location.Create(file.Path, default, new LinePositionSpan(LinePosition.Zero, LinePosition.Zero));
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.DeviceModelUnreadable, start, file.Problem));
        }
    }
}

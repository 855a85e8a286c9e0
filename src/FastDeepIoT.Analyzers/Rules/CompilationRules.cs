using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>The rules with what they need to know of one compilation. Networks are read when their first layer is met.</summary>
internal sealed class CompilationRules(
    TorchSharpTypes types, IReadOnlyList<CliffFinder> devices, AnalyzerConfigOptionsProvider options)
{
    // Few channels from outside are colours or sensors: data, not a choice.
    private const long MostDataChannels = 4;
    private readonly ConcurrentDictionary<SyntaxNode, Network> _networks = new();
    private readonly ConcurrentDictionary<SyntaxTree, CliffSettings> _settings = new();
    private readonly KnownCliffs _known = new();

    /// <summary>Judges the layer that a call constructs, if it does.</summary>
    internal void Visit(SyntaxNodeAnalysisContext context)
    {
        if (context.Node is not InvocationExpressionSyntax call) return;
        if (MethodName.Of(call) is not { } name || !LayerReader.Knows(name)) return;

        var settings = _settings.GetOrAdd(call.SyntaxTree, tree => CliffSettings.Of(tree, options));
        var network = _networks.GetOrAdd(Network.ScopeOf(call),
            scope => Network.Read(scope, context.SemanticModel, types, settings.Input, context.CancellationToken));
        if (network.Find(call) is not { } layer) return;

        var judge = new WidthJudge(devices, settings.Options, _known);
        foreach (var node in layer.Nodes.Where(IsJudged))
            if (judge.Judge(node) is { Count: > 0 } verdicts) context.ReportDiagnostic(WidthDiagnostic.Of(node, verdicts, judge));
    }

    // One width that is written for input and output is reported once.
    private static bool IsJudged(WidthNode node) =>
        node.Written.Count > 0
        && (node.Role != WidthRole.Inputs || node.Layer.IsFed || node.Width > MostDataChannels)
        && node.Layer.Nodes.First(other => other.Group == node.Group) == node;
}

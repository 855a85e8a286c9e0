using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>The rules with what they need to know of one compilation. Device models are read when the first layer is met.</summary>
internal sealed class CompilationRules
{
    // Few channels from outside are colours or sensors: data, not a choice.
    private const long MostDataChannels = 4;
    private readonly LayerLibrary _library;
    private readonly NameScan _names;
    private readonly AnalyzerConfigOptionsProvider _options;
    private readonly Lazy<DeviceModels> _devices;

    internal CompilationRules(LayerLibrary library, IReadOnlyList<AdditionalText> deviceModels, AnalyzerConfigOptionsProvider options)
    {
        (_library, _options) = (library, options);
        _names = new(library.Names);
        _devices = new(() => DeviceModels.Read(deviceModels, default));
    }

    /// <summary>Judges the layers that a file constructs.</summary>
    internal void Visit(SemanticModelAnalysisContext context)
    {
        var tree = context.SemanticModel.SyntaxTree;
        if (!_names.MayFind(tree.GetText(context.CancellationToken))) return;

        var networks = NetworkCode.In(tree.GetRoot(context.CancellationToken), _library);
        if (networks.Count == 0 || _devices.Value.Known.Count == 0) return;

        var settings = CliffSettings.Of(tree, _options);
        var judge = new WidthJudge(_devices.Value.Known, settings.Options);
        var budgets = new BudgetRule(_devices.Value.Known);
        foreach (var code in networks)
        {
            var network = Network.Read(code, context.SemanticModel, _library, settings.Input, context.CancellationToken);
            foreach (var layer in network.Layers) Judge(layer, judge, context);
            foreach (var sequence in network.Sequences)
                if (BudgetReader.Of(sequence, context.SemanticModel, settings.BudgetNanoseconds) is { } budget && budgets.Judge(sequence, budget) is { } over)
                    context.ReportDiagnostic(over);
        }
    }

    /// <summary>Tells which device models could not be read, if any was needed.</summary>
    internal void ReportUnreadableFiles(CompilationAnalysisContext context)
    {
        if (!_devices.IsValueCreated) return;

        foreach (var file in _devices.Value.Unreadable) context.ReportDiagnostic(file.Report(Descriptors.DeviceModelUnreadable));
    }

    private static void Judge(ConstructedLayer layer, WidthJudge judge, SemanticModelAnalysisContext context)
    {
        foreach (var node in layer.Nodes.Where(IsJudged))
            if (judge.Judge(node) is { Count: > 0 } verdicts) context.ReportDiagnostic(WidthDiagnostic.Of(node, verdicts, judge));
    }

    /// <summary>Whether a width is somebody's choice. One that is written for input and output is judged once.</summary>
    internal static bool IsJudged(WidthNode node) =>
        node.Written.Count > 0
        && (node.Role != WidthRole.Inputs || node.Layer.IsFed || node.Width > MostDataChannels)
        && node.Layer.Nodes.First(other => other.Group == node.Group) == node;
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>Reports sizes of inputs at which an ONNX model of the project is predicted to be slow (FDI1003).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InputShapeAnalyzer : DiagnosticAnalyzer
{
    private static readonly SourceTextValueProvider<ParsedReport> _parser = new(FedModels.Parse);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.InputShapeOnCliff, Descriptors.FileUnreadable);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (OnnxTypes.Of(context.Compilation) is not { } types) return;

        ParsedReport? ParseOnce(SourceText text) => context.TryGetValue(text, _parser, out var parsed) ? parsed : null;
        var models = FedModels.Read(context.Options, ParseOnce, context.CancellationToken);
        foreach (var file in models.Unreadable)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(file.Report(Descriptors.FileUnreadable)));
        if (!models.Known.Any(model => model.Dimensions.Any(dimension => dimension.Cliffs.Count > 0))) return;

        var rule = new InputShapeRule(types, models.Known, context.Options.AnalyzerConfigOptionsProvider);
        context.RegisterSyntaxNodeAction(rule.VisitCall, SyntaxKind.InvocationExpression);
        context.RegisterSyntaxNodeAction(rule.Visit, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        context.RegisterSyntaxNodeAction(rule.VisitAttribute, SyntaxKind.Attribute);
    }

    private sealed class InputShapeRule(OnnxTypes types, IReadOnlyList<ShapeTimes> models, AnalyzerConfigOptionsProvider options)
    {
        internal void VisitCall(SyntaxNodeAnalysisContext context)
        {
            if (MethodName.Of((InvocationExpressionSyntax)context.Node) is { } name && InputSpotReader.Knows(name)) Visit(context);
        }

        internal void Visit(SyntaxNodeAnalysisContext context)
        {
            var mentions = new Mentions();
            var constants = new Constants(context.SemanticModel, mentions, context.CancellationToken);
            var names = new InputNameFinder(context.SemanticModel, mentions, context.CancellationToken);
            var reader = new InputSpotReader(types, constants, value => names.Find(value.Syntax));
            if (context.SemanticModel.GetOperation(context.Node, context.CancellationToken) is not { } operation) return;

            foreach (var spot in reader.Read(operation)) Judge(context, spot);
        }

        internal void VisitAttribute(SyntaxNodeAnalysisContext context)
        {
            var attribute = (AttributeSyntax)context.Node;
            if (InputSpotReader.NameOf(attribute) is not ("VectorType" or "VectorTypeAttribute")) return;
            if (!types.IsVectorType(context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type)) return;
            if (InputSpotReader.Read(attribute, context.SemanticModel) is { } spot) Judge(context, spot);
        }

        private void Judge(SyntaxNodeAnalysisContext context, InputSpot spot)
        {
            var judge = new ShapeJudge(models, CliffSettings.Of(context.Node.SyntaxTree, options).Options.Threshold);
            foreach (var verdict in judge.Judge(spot, file => Mentions(context.Node, file))) context.ReportDiagnostic(DiagnosticOf(verdict));
        }

        private static bool Mentions(SyntaxNode spot, string file)
        {
            var scope = spot.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? spot.SyntaxTree.GetRoot();
            return scope.DescendantTokens().Any(token =>
                token.Value is string text && text.EndsWith(file, StringComparison.OrdinalIgnoreCase)
                && (text.Length == file.Length || text[text.Length - file.Length - 1] is '/' or '\\'));
        }
    }

    private static Diagnostic DiagnosticOf(SizeVerdict verdict)
    {
        var (worst, other) = (verdict.Worst, verdict.Larger is null ? null : verdict.Smaller);
        return Diagnostic.Create(
            Descriptors.InputShapeOnCliff, verdict.Written.Syntax.GetLocation(), $"'{verdict.Model}' with {verdict.Dimension} {verdict.Written.Value}",
            Times(worst.Ratio), worst.Size, other is null ? "" : $" and {Times(other.Ratio)}× that of {other.Size}", verdict.Device,
            Math.Ceiling(100 * worst.Uncertainty).ToString("0", CultureInfo.InvariantCulture),
            verdict.Others.Count == 0 ? "" : $"; also on {string.Join(", ", verdict.Others.Select(device => $"'{device}'"))}");
    }

    private static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}

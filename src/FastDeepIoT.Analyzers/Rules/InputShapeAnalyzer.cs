using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>Reports sizes of inputs at which an ONNX model of the project is predicted to be slow (FDI1003).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InputShapeAnalyzer : DiagnosticAnalyzer
{
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
        if (FedModels.FilesOf(context.Options) is not { Count: > 0 } files) return;
        if (OnnxTypes.Of(context.Compilation) is not { } types) return;

        var models = FedModels.Read(files, context.CancellationToken);
        foreach (var file in models.Unreadable)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(file.Report(Descriptors.FileUnreadable)));
        if (models.Known.Any(model => model.Dimensions.Any(dimension => dimension.Cliffs.Count > 0)))
            context.RegisterSemanticModelAction(new InputShapeRule(types, models.Known, context.Options.AnalyzerConfigOptionsProvider).Visit);
    }

    private sealed class InputShapeRule(OnnxTypes types, IReadOnlyList<ShapeTimes> models, AnalyzerConfigOptionsProvider options)
    {
        private static readonly NameScan _names = new(InputSpotReader.Names);

        internal void Visit(SemanticModelAnalysisContext context)
        {
            var model = context.SemanticModel;
            if (!_names.MayFind(model.SyntaxTree.GetText(context.CancellationToken))) return;

            var mentions = new Mentions();
            var constants = new Constants(model, mentions, context.CancellationToken);
            var names = new InputNameFinder(model, mentions, constants, context.CancellationToken);
            var reader = new InputSpotReader(types, constants, new DictionaryReader(model, mentions, constants, context.CancellationToken), value => names.Find(value.Syntax));
            var judge = new ShapeJudge(models, CliffSettings.Of(model.SyntaxTree, options).Options.Threshold);
            // One shape may be given to many tensors.
            var told = new HashSet<(SyntaxNode, string)>();
            foreach (var node in model.SyntaxTree.GetRoot(context.CancellationToken).DescendantNodes().Where(InputSpotReader.MayBeSpot))
                foreach (var verdict in SpotsAt(node, reader, model, context.CancellationToken).SelectMany(spot => judge.Judge(spot, file => Mentions(node, file))))
                    if (told.Add((verdict.Written.Syntax, verdict.Model))) context.ReportDiagnostic(DiagnosticOf(verdict));
        }

        private IEnumerable<InputSpot> SpotsAt(SyntaxNode node, InputSpotReader reader, SemanticModel model, CancellationToken cancellation)
        {
            if (node is not AttributeSyntax attribute) return model.GetOperation(node, cancellation) is { } operation ? reader.Read(operation) : [];

            return types.IsVectorType(model.GetTypeInfo(attribute, cancellation).Type) && InputSpotReader.Read(attribute, model) is { } spot ? [spot] : [];
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

using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers.CodeFixes;

/// <summary>
/// Suppresses a warning where it stands and writes the accepted prediction down, for whoever reads the code later.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReasonedSuppressionFix)), Shared]
public sealed class ReasonedSuppressionFix : CodeFixProvider
{
    private const string Title = "Keep it and note the prediction as the reason";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        WidthCodeFix.Ids.Add(DiagnosticCode.InputShapeOnCliff.Id).Add(DiagnosticCode.SequenceOverBudget.Id);

    /// <summary>None: a reason is given one at a time.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var action = CodeAction.Create(
                Title, cancellation => SuppressAsync(context.Document, diagnostic, cancellation), nameof(ReasonedSuppressionFix));
            context.RegisterCodeFix(action, diagnostic);
        }

        return Task.CompletedTask;
    }

    private static async Task<Document> SuppressAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var first = text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
        var last = text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.End);
        var lineBreak = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
        if (lineBreak.Length == 0) lineBreak = "\n";
        var reason = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return document.WithText(text.WithChanges(
            new TextChange(new TextSpan(first.Start, 0), $"#pragma warning disable {diagnostic.Id} // {reason}{lineBreak}"),
            new TextChange(new TextSpan(last.End, 0), $"{lineBreak}#pragma warning restore {diagnostic.Id}")));
    }
}

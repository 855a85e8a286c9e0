using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers.CodeFixes;

/// <summary>
/// Changes a width, and every number that depends on it, to a neighbouring better one. All it offers was predicted by the
/// analyzer; it is offered only where all the numbers were found.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WidthCodeFix)), Shared]
public sealed class WidthCodeFix : CodeFixProvider
{
    internal static readonly ImmutableArray<string> Ids = ImmutableArray.Create(
        DiagnosticCode.WidthOnCliff.Id, DiagnosticCode.FreeCapacity.Id, DiagnosticCode.RecurrentWidthOnCliff.Id);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = Ids;

    /// <summary>None: each fix changes several places, and two fixes may disagree about one of them.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (FixProperties.Read(diagnostic.Properties) is not { } properties) continue;

            var places = Places(diagnostic, properties, text);
            foreach (var alternative in properties.Alternatives)
                context.RegisterCodeFix(Action(context.Document, places, alternative), diagnostic);
        }
    }

    private static IReadOnlyList<NumberPlace> Places(Diagnostic diagnostic, FixProperties properties, SourceText text) =>
        diagnostic.AdditionalLocations.Select(location => location.SourceSpan)
            .Zip(properties.Factors, (span, factor) => new NumberPlace(span, text.ToString(span), factor))
            .ToList();

    private static CodeAction Action(Document document, IReadOnlyList<NumberPlace> places, FixAlternative alternative)
    {
        var count = places.Count > 1 ? string.Format(CultureInfo.InvariantCulture, " in {0} places", places.Count) : "";
        var (old, now) = (places[0].Digits, places[0].With(alternative.Width));
        return CodeAction.Create(
            $"Change {old} to {now}{count} ({alternative.Effect})",
            cancellation => ChangeAsync(document, places, alternative.Width, cancellation),
            equivalenceKey: $"{nameof(WidthCodeFix)}:{now}");
    }

    private static async Task<Document> ChangeAsync(
        Document document, IReadOnlyList<NumberPlace> places, long width, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var changes = places.Select(place => new TextChange(place.Span, place.With(width) + place.Suffix));
        return document.WithText(text.WithChanges(changes));
    }

    private sealed class NumberPlace(TextSpan span, string literal, long factor)
    {
        private static readonly char[] _suffixes = ['u', 'U', 'l', 'L'];

        internal TextSpan Span => span;

        internal string Digits => literal.TrimEnd(_suffixes);

        internal string Suffix => literal.Substring(Digits.Length);

        internal string With(long width) => (width * factor).ToString(CultureInfo.InvariantCulture);
    }
}

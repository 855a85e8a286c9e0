using System.Linq;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Finds the time budget of a sequence: an attribute of that name on the field, property, method or type it is constructed in, for instance
/// <c>[LatencyBudget("2ms")]</c>, or else what is configured for the file.
/// </summary>
internal static class BudgetReader
{
    /// <summary>The names of the attribute.</summary>
    internal static string[] Attributes { get; } = ["LatencyBudget", "LatencyBudgetAttribute"];

    /// <summary>The budget in nanoseconds; null when there is none. What is configured for a file counts for whole sequences only.</summary>
    internal static double? Of(ConstructedSequence sequence, SemanticModel model, double? configured)
    {
        foreach (var member in sequence.Module.Place.AncestorsAndSelf().OfType<MemberDeclarationSyntax>())
            if (AttributeOn(member) is { } attribute && (member is not BaseTypeDeclarationSyntax || !sequence.IsPart)) return Read(attribute, model);
        return sequence.IsPart ? null : configured;
    }

    private static AttributeSyntax? AttributeOn(MemberDeclarationSyntax member) => member.AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => Attributes.Contains(InputSpotReader.NameOf(attribute)));

    private static double? Read(AttributeSyntax attribute, SemanticModel model) =>
        attribute.ArgumentList is { Arguments: [var argument, ..] } && model.GetConstantValue(argument.Expression).Value is string text
            ? LatencyText.Parse(text)
            : null;
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Makes diagnostics of verdicts, with all that the code fix needs.</summary>
internal static class WidthDiagnostic
{
    internal static Diagnostic Of(WidthNode node, IReadOnlyList<Verdict> verdicts, WidthJudge judge)
    {
        var worst = verdicts[0];
        var (rule, arguments) = worst.Cliff.Wider is not null
            ? (Descriptors.CliffOf(node.Layer.Shape), WidthMessage.OfCliff(node, verdicts))
            : (Descriptors.FreeCapacity, WidthMessage.OfFreeCapacity(node, worst));
        var location = node.Written[0].Syntax.GetLocation();
        if (node.Group.Places is not { } places) return Diagnostic.Create(rule, location, arguments);

        var offered = worst.Neighbours.Select(change => Alternative(node, change.Width, judge));
        var alternatives = offered.OfType<FixAlternative>().ToList();
        if (alternatives.Count == 0) return Diagnostic.Create(rule, location, arguments);

        var properties = new FixProperties(places.Select(place => place.Factor).ToList(), alternatives).Write();
        return Diagnostic.Create(rule, location, places.Select(place => place.Literal.GetLocation()), properties, arguments);
    }

    // Without a prediction for all coupled layers together nothing can be promised.
    private static FixAlternative? Alternative(WidthNode node, long width, WidthJudge judge)
    {
        var effects = judge.EffectOf(node, width).ToList();
        if (effects.All(effect => effect.Change is null)) return null;

        var words = effects.Count == 1
            ? $"predicted {WidthMessage.Effect(effects[0].Change!.Median)}"
            : "predicted " + string.Join(", ", effects.Where(effect => effect.Change is not null)
                .Select(effect => $"{WidthMessage.Effect(effect.Change!.Median)} on '{effect.Device.Name}'"));
        return new FixAlternative(width / node.Factor, words.Replace(';', ','));
    }
}

using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>Finds what costs least of all that brings a model back within a limit.</summary>
internal static class CheapestFix
{
    /// <summary>The fix as a sentence.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="excess">How far it is over the limit, in nanoseconds.</param>
    internal static string Of(LatencyFacts facts, double excess)
    {
        if (facts.Fixes.Count == 0)
            return "No width lies on a cliff: it takes narrower layers, a smaller input or fewer layers.";

        var how = facts.Padding is null ? "" : $" {char.ToUpperInvariant(facts.Padding[0])}{facts.Padding.Substring(1)}.";
        return facts.Fixes.Where(fix => fix.SavedNanoseconds >= excess).OrderBy(fix => fix.Growth).FirstOrDefault() is { } enough
            ? $"Cheapest fix: in '{enough.Layer}', {enough.Advice}, which is enough.{how}"
            : Together(Needed(facts.Fixes, excess), excess) + how;
    }

    /// <summary>Those that save most, as many as it takes.</summary>
    private static IReadOnlyList<LayerFix> Needed(IReadOnlyList<LayerFix> fixes, double excess)
    {
        var (needed, saved) = (new List<LayerFix>(), 0.0);
        foreach (var fix in fixes)
        {
            if (saved >= excess) break;
            needed.Add(fix);
            saved += fix.SavedNanoseconds;
        }

        return needed;
    }

    private static string Together(IReadOnlyList<LayerFix> fixes, double excess)
    {
        var saved = fixes.Sum(fix => fix.SavedNanoseconds);
        var first = $"Cheapest fix: in '{fixes[0].Layer}', {fixes[0].Advice}";
        var all = fixes.Count == 1 ? "" : $"; with '{string.Join("', '", fixes.Skip(1).Select(fix => fix.Layer))}' it is {LatencyText.Of(saved)}";
        return saved >= excess
            ? $"{first}{all}, which is enough."
            : $"{first}{all}, of {LatencyText.Of(excess)} needed: the rest takes narrower layers, a smaller input or fewer layers.";
    }
}

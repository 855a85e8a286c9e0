using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace FastDeepIoT.Build.Items;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    private const int MostEdits = 3;

    // Shorter words than this say too little.
    private const int Telling = 4;

    /// <summary>
    /// The candidate nearest to <paramref name="name"/>, by its letters or else by a word in it, as <c>Budget</c> in <c>LatencyBudget</c>; null when
    /// none is near.
    /// </summary>
    internal static string? Nearest(string name, IReadOnlyList<string> candidates) => NearestByLetters(name, candidates) ?? candidates
        .Select(candidate => (candidate, Shared: WordsOf(candidate).Intersect(WordsOf(name), StringComparer.OrdinalIgnoreCase).Sum(shared => shared.Length)))
        .Where(pair => pair.Shared >= Telling)
        .OrderByDescending(pair => pair.Shared)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    private static string? NearestByLetters(string word, IReadOnlyList<string> candidates) => candidates
        .Select(candidate => (candidate, Edits: Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.Edits <= Math.Min(MostEdits, pair.candidate.Length / 2))
        .OrderBy(pair => pair.Edits)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    // In LatencyBudget, latencyBudget and LATENCY_BUDGET alike.
    private static IEnumerable<string> WordsOf(string name) =>
        from Match word in Regex.Matches(name, "[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
        select word.Value;

    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}

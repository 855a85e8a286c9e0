using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Build.Items;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    private const int MostEdits = 3;

    /// <summary>The candidate nearest to <paramref name="word"/>, or null when none is near.</summary>
    internal static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (candidate, Edits: Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.Edits <= Math.Min(MostEdits, pair.candidate.Length / 2))
        .OrderBy(pair => pair.Edits)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

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

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Tells texts that mention one of some names from those that cannot: nearly every file of a solution has nothing to do with networks, and
/// reading its characters costs far less than walking its syntax. Names are compared by their hash, so a text may be taken for one that
/// mentions a name, never for one that does not.
/// </summary>
internal sealed class NameScan
{
    private const int ChunkLength = 4096;
    private const int MarkCount = 4096;
    private static readonly bool[] _isPart = [.. Enumerable.Range(0, 128).Select(c => c == '_' || char.IsLetterOrDigit((char)c))];
    private readonly HashSet<int> _hashes = [];
    private readonly bool[] _marks = new bool[MarkCount];

    internal NameScan(IEnumerable<string> names)
    {
        foreach (var hash in names.Select(name => name.Aggregate(0, Next)))
        {
            _hashes.Add(hash);
            _marks[hash & (MarkCount - 1)] = true;
        }
    }

    /// <summary>Whether a text may mention one of the names as an identifier.</summary>
    internal bool MayFind(SourceText text)
    {
        var chunk = new char[Math.Min(ChunkLength, text.Length)];
        var hash = 0;
        for (var start = 0; start < text.Length; start += chunk.Length)
        {
            var count = Math.Min(chunk.Length, text.Length - start);
            text.CopyTo(start, chunk, 0, count);
            if (MayFind(chunk, count, ref hash)) return true;
        }

        return IsName(hash);
    }

    // The hash of the identifier that a chunk ends in goes on with the next one.
    private bool MayFind(char[] chunk, int count, ref int hash)
    {
        var current = hash;
        for (var i = 0; i < count; i++)
        {
            var c = chunk[i];
            if (c >= _isPart.Length || _isPart[c])
            {
                current = Next(current, c);
                continue;
            }

            if (IsName(current)) return true;
            current = 0;
        }

        hash = current;
        return false;
    }

    private bool IsName(int hash) => _marks[hash & (MarkCount - 1)] && _hashes.Contains(hash);

    private static int Next(int hash, char c) => unchecked((hash * 31) + c);
}

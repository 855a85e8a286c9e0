using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Cliffs already found in this compilation: networks repeat their layers, so most questions are asked many times.</summary>
internal sealed class KnownCliffs
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Cliff?>> _known = new(StringComparer.Ordinal);

    /// <summary>The cliff on every device, null where there is none.</summary>
    internal IReadOnlyList<Cliff?> GetOrAdd(string key, Func<IReadOnlyList<Cliff?>> find) => _known.GetOrAdd(key, _ => find());
}

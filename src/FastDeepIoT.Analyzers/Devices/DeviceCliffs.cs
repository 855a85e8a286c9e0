using System;
using System.Collections.Concurrent;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// A device model and the cliffs found with it so far: networks repeat their layers, and compilations their networks, so most questions
/// are asked many times.
/// </summary>
internal sealed class DeviceCliffs(DeviceModel device)
{
    // An editor lives for weeks; what was asked before may be asked again at little cost.
    private const int MostKnown = 20_000;
    private readonly ConcurrentDictionary<string, Cliff?> _known = new(StringComparer.Ordinal);

    /// <summary>Asks the device model.</summary>
    internal CliffFinder Finder { get; } = new(device);

    /// <summary>The device model.</summary>
    internal DeviceModel Device => Finder.Device;

    /// <summary>The cliff that a question is about, found when it is asked for the first time; null when there is none.</summary>
    internal Cliff? GetOrAdd(string question, Func<CliffFinder, Cliff?> find)
    {
        if (_known.TryGetValue(question, out var known)) return known;

        if (_known.Count >= MostKnown) _known.Clear();
        return _known[question] = find(Finder);
    }
}

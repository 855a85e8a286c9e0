using System;
using System.Collections.Concurrent;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// A device model and what it was asked so far: networks repeat their layers, and compilations their networks, so most questions are asked
/// many times.
/// </summary>
internal sealed class DeviceCliffs(DeviceModel device)
{
    private readonly Answers<Cliff> _cliffs = new();
    private readonly Answers<WidthComparison> _comparisons = new();

    /// <summary>Asks the device model.</summary>
    internal CliffFinder Finder { get; } = new(device);

    /// <summary>The device model.</summary>
    internal DeviceModel Device => Finder.Device;

    /// <summary>The cliff that a question is about, found when it is asked for the first time; null when there is none.</summary>
    internal Cliff? CliffOf(string question, Func<CliffFinder, Cliff?> find) => _cliffs.GetOrAdd(question, Finder, find);

    /// <summary>The comparison that a question is about, made when it is asked for the first time; null when nothing is known.</summary>
    internal WidthComparison? ComparisonOf(string question, Func<CliffFinder, WidthComparison?> compare) =>
        _comparisons.GetOrAdd(question, Finder, compare);

    private sealed class Answers<T> where T : class
    {
        // An editor lives for weeks; what was asked before may be asked again at little cost.
        private const int MostKnown = 20_000;
        private readonly ConcurrentDictionary<string, T?> _known = new(StringComparer.Ordinal);

        internal T? GetOrAdd(string question, CliffFinder finder, Func<CliffFinder, T?> find)
        {
            if (_known.TryGetValue(question, out var known)) return known;

            if (_known.Count >= MostKnown) _known.Clear();
            return _known[question] = find(finder);
        }
    }
}

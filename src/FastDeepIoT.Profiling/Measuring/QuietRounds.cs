using System.Diagnostics;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// Repeats a measurement in short rounds between two readings of the reference, until the machine was quiet during as many rounds as wanted
/// or patience ends; the least disturbed rounds are kept.
/// </summary>
internal sealed class QuietRounds(ReferenceLoad reference, int wanted, TimeSpan patience)
{
    /// <summary>With fewer quiet rounds than this, a measurement says more about the machine than about what was measured.</summary>
    internal const int FewestQuiet = 2;

    private readonly List<double> _slowdowns = [];
    private TimeSpan _spent;

    /// <summary>Whether enough rounds were quiet, or patience is at an end.</summary>
    internal bool IsDone => AllQuiet || (_spent >= patience && _slowdowns.Count >= wanted);

    /// <summary>Whether as many rounds as wanted were quiet.</summary>
    internal bool AllQuiet => Quiet >= wanted;

    /// <summary>How many rounds were quiet.</summary>
    internal int Quiet => _slowdowns.Count(reference.IsQuiet);

    /// <summary>The numbers of the rounds to keep, the first being 0.</summary>
    internal IReadOnlyList<int> Kept => Enumerable.Range(0, _slowdowns.Count).OrderBy(i => _slowdowns[i])
        .Take(Quiet >= FewestQuiet ? Math.Min(wanted, Quiet) : wanted).Order().ToList();

    /// <summary>One more round.</summary>
    internal void Next(Action round)
    {
        var start = Stopwatch.GetTimestamp();
        var before = reference.FindQuiet();
        round();
        _slowdowns.Add(Math.Max(before, reference.Slowdown()));
        _spent += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Rounds until done.</summary>
    internal void Run(Action round)
    {
        while (!IsDone) Next(round);
    }
}

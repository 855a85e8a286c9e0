using System.Diagnostics;

namespace PrunedNetworks;

/// <summary>Measures two ways of doing the same.</summary>
internal static class Stopwatches
{
    private const int WarmUpRuns = 200;
    private const int Rounds = 60;
    private const int RunsPerRound = 50;

    /// <summary>
    /// Milliseconds of one run of each: the lower quartile over rounds that take turns, so that whatever else the machine does meets both.
    /// </summary>
    internal static (double First, double Second) Race(Action first, Action second)
    {
        Repeat(first, WarmUpRuns);
        Repeat(second, WarmUpRuns);
        var times = Enumerable.Range(0, Rounds).Select(_ => (First: Repeat(first, RunsPerRound), Second: Repeat(second, RunsPerRound))).ToList();
        return (LowerQuartile(times.Select(time => time.First)), LowerQuartile(times.Select(time => time.Second)));
    }

    private static double Repeat(Action run, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++) run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / runs;
    }

    private static double LowerQuartile(IEnumerable<double> times) => times.Order().ElementAt(Rounds / 4);
}

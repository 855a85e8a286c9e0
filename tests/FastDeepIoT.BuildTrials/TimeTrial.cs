using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.BuildTrials;

/// <summary>What the package costs in builds: with and without it in turn, so that a busy machine is busy for both.</summary>
internal static class TimeTrial
{
    /// <summary>Makes the projects and builds them once.</summary>
    internal static int Prepare(string folder, int[] counts)
    {
        var feed = Feed.Create(Path.GetFullPath(folder));
        foreach (var count in counts)
            foreach (var project in (TrialProject[])[With(feed, count), Without(feed, count)])
            {
                project.Create();
                for (var model = 0; model < count; model++) OnnxFile.Write(TrialModels.Make(model), project.ModelPath($"m{model:000}"));
                project.Restore();
                project.Build();
            }

        return 0;
    }

    /// <summary>Nothing changed since the last build.</summary>
    internal static int MeasureNothingToDo(string folder, int models, int rounds)
    {
        var feed = Feed.Open(Path.GetFullPath(folder));
        var times = InTurn(rounds, () => Without(feed, models).Build(), () => With(feed, models).Build());
        Print($"nothing to do, {models} models", times, "without", "with");
        return 0;
    }

    /// <summary>Nothing built before, everything restored.</summary>
    internal static int MeasureFirst(string folder, int models, int rounds)
    {
        var feed = Feed.Open(Path.GetFullPath(folder));
        var results = Path.Combine(feed.Root, "results");
        FromNothing(With(feed, models), results);
        var times = InTurn(rounds,
            () => FromNothing(Without(feed, models), "off"), () => FromNothing(With(feed, models), "off"), () => FromNothing(With(feed, models), results));
        Print($"first build, {models} models", times, "without", "with", "with kept results");
        return 0;
    }

    private static void FromNothing(TrialProject project, string results)
    {
        project.RemoveOutputs();
        project.Build(results);
    }

    private static double[][] InTurn(int rounds, params Action[] works)
    {
        foreach (var work in works) work(); // disk caches warm
        return [.. Enumerable.Range(0, rounds).Select(_ => works.Select(Seconds).ToArray())];
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Print(string what, double[][] rounds, params string[] names)
    {
        var medians = names.Select((_, column) => Median(rounds.Select(round => round[column]))).ToList();
        for (var column = 0; column < names.Length; column++)
        {
            var ratio = Median(rounds.Select(round => round[column] / round[0]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}, {names[column]}: {medians[column]:0.000} s, {ratio:0.00} times without (medians of {rounds.Length})"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static TrialProject With(Feed feed, int count) => new(feed, $"with{count}", package: true);

    private static TrialProject Without(Feed feed, int count) => new(feed, $"without{count}", package: false);
}

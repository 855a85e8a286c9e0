using System.Globalization;
using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>Compares the curves at equal accuracy: for every method the fastest of its models that loses no more than some points.</summary>
internal static class CompressionTables
{
    /// <summary>The largest drop at which curves are compared.</summary>
    internal const double LargestDrop = 0.02;

    private const double Equal = 0.005;
    private static readonly double[] Drops = [Equal, 0.01, LargestDrop];

    internal static int Write(DeviceModel device, string folder, string report)
    {
        var tasks = Directory.EnumerateDirectories(folder).Where(path => File.Exists(Path.Combine(path, CurvePoint.Curve))).Order(StringComparer.Ordinal)
            .Select(path => new TaskCurves(path)).ToList();
        var text = new StringBuilder($"""
            # Compress mode against time-unaware pruning

            {BenchmarkSetting.Of(device)}

            Every method removes channels of the same network with the same 1,000 calibration samples and repairs it the same way; nothing is
            trained. *uniform* keeps the same share of every width and *global* the largest anywhere, both by weight magnitude; *macs* is
            our own search and ranking steered by multiply-accumulates instead of time; *to 8* and *to 16* round widths to multiples by hand. Only ours turns
            channels into principal ones and leaves layers out: pruners do neither.
            Accuracy is on data nobody saw. A cell is the fastest of the method's models that loses no more than the points on top. That choice
            knows this accuracy, for every method and for ours: it compares curves, and is not what the gate delivers. Ours is picked by predicted
            time, the others by the time in the table; ours are all plans tried on the way to half a point that none
            beats in both time and divergence, as `--frontier` offers them. The other curves have up to {CompressionCurves.Points} points (macs) or {CompressionCurves.Shares.Length} (uniform, global); all end where models
            lose more than {Points(CompressionTimes.LargestDrop)} points. The speech data have 250 samples, on which one is 0.4 points.

            Times are microseconds of one run, batch 1, one thread, measured in turn or, where a table says so, predicted. Write this file with `compress`,
            `compress-times` and `compress-report` of `tests/FastDeepIoT.Benchmarks`.

            ## Within {Points(Equal)} points

            | task | original | ours | ours takes | fastest pruning | ours takes | fastest rounded by hand | ours takes | predicted time of ours |
            |---|---|---|---|---|---|---|---|---|

            """);
        foreach (var task in tasks) text.Append(Summary(task));
        text.Append($"""

            ## As close to the original

            Few samples tell half a point badly: which model is the fastest within it is partly luck. How far outputs are from the original's (Kullback-Leibler
            divergence of scores) is not. Ours as close as the fastest others above, on the same data that nobody saw:

            | task | fastest pruning | ours as close | ours takes | fastest rounded by hand | ours as close | ours takes |
            |---|---|---|---|---|---|---|

            """);
        foreach (var task in tasks) text.Append($"| {task.Name} | {AsClose(task, rounded: false)} | {AsClose(task, rounded: true)} |\n");
        text.Append($"""

            ## Promised and measured time

            | task | models of ours measured | median error of the promised time | within 10% |
            |---|---|---|---|

            """);
        foreach (var task in tasks.Where(task => task.IsMeasured)) text.Append(Promised(task));
        text.Append('\n');
        foreach (var task in tasks) Write(text, task);
        File.WriteAllText(report, text.ToString());
        return 0;
    }

    private static string Summary(TaskCurves task)
    {
        var ours = task.Best(TaskCurves.Ours, Equal);
        var (pruned, rounded) = (task.BestOfOthers(rounded: false, Equal), task.BestOfOthers(rounded: true, Equal));
        var predicted = ours is null || !task.IsMeasured ? "" : Change(ours.PredictedUs, task.TimeOf(ours));
        return $"| {task.Name} | {Time(task, task.Original)} | {Time(task, ours)} | {Against(task, task.Original, ours)} | {Time(task, pruned)} | {Against(task, pruned, ours)} "
            + $"| {Time(task, rounded)} | {Against(task, rounded, ours)} | {predicted} |\n";
    }

    private static string AsClose(TaskCurves task, bool rounded)
    {
        var other = task.BestOfOthers(rounded, Equal);
        var ours = other is null ? null : task.BestAsCloseAs(other);
        return $"{Time(task, other)} | {Time(task, ours)} | {Against(task, other, ours)}";
    }

    private static string Promised(TaskCurves task)
    {
        var errors = task.Measured.Select(point => point.PredictedUs / task.TimeOf(point)!.Value - 1).Order().ToList();
        if (errors.Count == 0) return "";

        return string.Create(CultureInfo.InvariantCulture,
            $"| {task.Name} | {errors.Count} | {errors[errors.Count / 2]:+0%;-0%;0%} | {errors.Count(error => Math.Abs(error) <= 0.1)} |\n");
    }

    private static void Write(StringBuilder text, TaskCurves task)
    {
        text.Append($"## {task.Name}\n\nOriginal: {Time(task, task.Original)} us, accuracy {Points(task.Original.Accuracy)}%. Times are {(task.IsMeasured ? "measured" : "predicted")}.\n\n")
            .Append($"| method | {string.Join(" | ", Drops.Select(drop => $"within {Points(drop)} points | ours takes"))} |\n|---{string.Concat(Enumerable.Repeat("|---|---", Drops.Length))}|\n");
        foreach (var method in task.Methods)
            text.Append($"| {method} | {string.Join(" | ", Drops.Select(drop => Cell(task, method, drop)))} |\n");
        text.Append('\n');
    }

    private static string Cell(TaskCurves task, string method, double drop) =>
        $"{Time(task, task.Best(method, drop))} | {(method == TaskCurves.Ours ? "" : Against(task, task.Best(method, drop), task.Best(TaskCurves.Ours, drop)))}";

    private static string Time(TaskCurves task, CurvePoint? point) => point is null ? "none" : task.TimeOf(point)?.ToString("0.0", CultureInfo.InvariantCulture) ?? "none";

    private static string Against(TaskCurves task, CurvePoint? other, CurvePoint? ours) => other is null || ours is null ? "" : Change(task.TimeOf(ours), task.TimeOf(other));

    private static string Change(double? time, double? other) => time is null || other is null ? "" : (time.Value / other.Value - 1).ToString("+0%;-0%;0%", CultureInfo.InvariantCulture);

    private static string Points(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// What trying by measurement finds beyond exact mode: from its choice on, one group after another is timed at every size up to half again as much,
/// with the others as they are, and takes the fastest. Both choices are timed in turn at the end. Prints a table in Markdown.
/// </summary>
internal sealed class Exhaustive(DeviceModel device)
{
    private const double LargestGrowth = 1.5;
    private const long LeastGrowth = 16;
    private const double Noise = 0.01;

    internal int Run(IEnumerable<string> paths)
    {
        Console.WriteLine("| model | groups | models timed | original | exact mode | found by measuring | exact mode reaches |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var file in ModelFiles.In(paths)) Print(file, OnnxFile.Read(file));
        return 0;
    }

    private void Print(string file, ModelProto model)
    {
        var groups = WidthGroups.Of(model, file);
        var report = ExactOptimizer.Optimize(model, file, device).Report;
        var ours = groups.Open.ToDictionary(group => group, group => report.Widths[group.Index].After);
        var best = new Dictionary<WidthGroup, long>(ours);
        var timed = groups.Open.Sum(group => Improve(file, model, groups, best, group));
        var times = Time(file, [model, PadWidths.Apply(model, groups, ours), PadWidths.Apply(model, groups, best)]);
        Console.WriteLine(FormattableString.Invariant(
            $"| {Path.GetFileNameWithoutExtension(file)} | {groups.Open.Count} | {timed} | {times[0] / 1e3:0.0} us | {times[1] / 1e3:0.0} us | {times[2] / 1e3:0.0} us | {Math.Min(1, times[2] / times[1]):0.00} |"));
    }

    private static int Improve(string file, ModelProto model, WidthGroups groups, Dictionary<WidthGroup, long> best, WidthGroup group)
    {
        var at = best[group];
        var most = Math.Max((long)(group.Size * LargestGrowth), group.Size + LeastGrowth);
        List<long> sizes = [at, .. Enumerable.Range((int)group.Size, (int)(most - group.Size) + 1).Select(size => (long)size).Where(size => size != at)];
        var times = Time(file, [.. sizes.Select(size => PadWidths.Apply(model, groups, new Dictionary<WidthGroup, long>(best) { [group] = size }))]);
        var fastest = times.IndexOf(times.Min());
        if (times[fastest] < times[0] * (1 - Noise)) best[group] = sizes[fastest];
        return sizes.Count;
    }

    private static List<double> Time(string file, IReadOnlyList<ModelProto> models)
    {
        foreach (var model in models) FreeDimensions.None.Fix(model);
        return [.. ModelStopwatch.Measure([.. models.Select(model => new TimedModel(model, file))], threads: 1).Select(time => time.MedianNanoseconds)];
    }
}

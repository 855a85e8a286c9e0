using System.Security.Cryptography;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Exact mode on every model of some folders: outputs equal on inputs that the optimizer itself did not try, never slower beyond noise when
/// both models are timed in turn, original files untouched. Prints a table in Markdown.
/// </summary>
internal sealed class ExactModels(DeviceModel device, FreeDimensions dimensions)
{
    private const double Noise = 0.02;

    private int _wrong;

    internal int Run(IEnumerable<string> paths)
    {
        Console.WriteLine("| model | widths changed | predicted | original | exact mode | measured | outputs differ by | weights | processor time | quiet | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        var ratios = new List<double>();
        foreach (var file in ModelFiles.In(paths))
            if (Try(file) is { } ratio) ratios.Add(ratio);
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant(
            $"{ratios.Count} models changed, median {Median(ratios):0.00} times as fast, slowest {ratios.DefaultIfEmpty(1).Min():0.00}; {_wrong} wrong"));
        return _wrong == 0 ? 0 : 1;
    }

    private double? Try(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var before = Hash(file);
        try
        {
            var model = OnnxFile.Read(file);
            var busy = Environment.CpuUsage.TotalTime;
            var (exact, report) = ExactOptimizer.Optimize(model, file, device, new ExactOptions { FreeDimensions = dimensions });
            busy = Environment.CpuUsage.TotalTime - busy;
            if (Hash(file) != before) Wrong(name, "the original was changed");
            if (exact is not null) return Compare(name, file, model, exact, report, busy);

            Console.WriteLine(FormattableString.Invariant($"| {name} | 0 of {report.Widths.Count} | 1.00 | | | | | | {busy.TotalSeconds:0.00} s | | {report.Unchanged} |"));
        }
        catch (InputException e)
        {
            Console.WriteLine($"| {name} | | | | | | | | | | {e.Finding.Code}: {e.Message} |");
        }

        return null;
    }

    private double Compare(string name, string file, ModelProto model, ModelProto exact, ExactReport report, TimeSpan busy)
    {
        var result = Verifier.Compare(model, exact, file, new VerificationOptions { FreeDimensions = dimensions, Seed = 1000, InputScales = [1, 1, 0.3f, 2] });
        var times = ModelStopwatch.Measure([new(Fixed(model), file), new(Fixed(exact), file)], threads: 1);
        var ratio = times[0].MedianNanoseconds / times[1].MedianNanoseconds;
        var verdict = !result.Passed ? result.Reason! : ratio < 1 - Noise ? "slower" : "";
        if (verdict.Length > 0) _wrong++;
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {report.Widths.Count(width => width.After != width.Before)} of {report.Widths.Count} | {report.Before.Nanoseconds / report.After.Nanoseconds:0.00} ")
            + FormattableString.Invariant($"| {times[0].MedianNanoseconds / 1e3:0.0} us | {times[1].MedianNanoseconds / 1e3:0.0} us | {ratio:0.00} | {result.MaxRelativeDifference:0.0e+0} ")
            + FormattableString.Invariant($"| {(double)report.WeightBytesAfter / report.WeightBytesBefore:0.00} | {busy.TotalSeconds:0.00} s | {(times.All(time => time.Quiet) ? "yes" : "no")} | {verdict} |"));
        return ratio;
    }

    private void Wrong(string name, string what)
    {
        _wrong++;
        Console.WriteLine($"| {name} | | | | | | | | | | {what} |");
    }

    private static double Median(List<double> values) => values.Count == 0 ? 1 : values.Order().ElementAt(values.Count / 2);

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private ModelProto Fixed(ModelProto model)
    {
        var copy = model.Clone();
        dimensions.Fix(copy);
        return copy;
    }
}

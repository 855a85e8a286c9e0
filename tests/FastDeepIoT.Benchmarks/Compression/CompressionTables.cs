using System.Globalization;
using System.Text;

namespace FastDeepIoT.Benchmarks;

/// <summary>Compares the curves at equal accuracy: for every method the fastest of its models that loses no more than some points.</summary>
internal static class CompressionTables
{
    private static readonly double[] Drops = [0.005, 0.01, 0.02];

    internal static int Write(string folder, string report)
    {
        var text = new StringBuilder("""
            # Compress mode against time-unaware pruning

            Every method removes channels of the same network with the same 1,000 calibration samples and repairs it the same way; nothing is
            trained. *uniform* keeps the same share of every width and *global* the largest anywhere, both by weight magnitude; *macs* is
            our own search and ranking steered by multiply-accumulates instead of time; *to 8* and *to 16* round widths to multiples by hand.
            Accuracy is on data nobody saw. A cell is the fastest of the method's models that loses no more than the points on top. That choice
            knows this accuracy, for every method and for ours: it compares curves, and is not what the gate delivers. Ours is picked by predicted
            time, the others by the time in the table. Ours has every point of its trade-off (up to 38 on cifar_mnv2_base and digits_dscnn_base, 12
            elsewhere), the others 8 (uniform, global) or up to 12 (macs), which favours ours; the speech data have 250 samples, on which one is 0.4 points.

            Times are microseconds of one run, batch 1, one thread: measured in turn on the machine of `x64-avx512-1t`, or, where a table says so,
            predicted. Write this file with `compress`, `compress-times` and `compress-report` of `tests/FastDeepIoT.Benchmarks`.


            """);
        foreach (var task in Directory.EnumerateDirectories(folder).Where(path => File.Exists(Path.Combine(path, "curve.csv"))).Order(StringComparer.Ordinal)) Write(text, task);
        File.WriteAllText(report, text.ToString());
        return 0;
    }

    private static void Write(StringBuilder text, string task)
    {
        var (points, times) = (CurvePoint.Read(task), CurvePoint.ReadTimes(task));
        var original = points[0];
        double? TimeOf(CurvePoint point) => times.Count == 0 ? point.PredictedUs : times.TryGetValue(point.File, out var time) ? time : null;
        text.Append(CultureInfo.InvariantCulture, $"## {Path.GetFileName(task)}\n\nOriginal: {TimeOf(original):0.0} us, accuracy {100 * original.Accuracy:0.0}%")
            .Append(times.Count == 0 ? ". Times are predicted.\n\n" : ". Times are measured.\n\n")
            .Append($"| method | {string.Join(" | ", Drops.Select(drop => $"within {Points(drop)} points | ours takes"))} |\n|---{string.Concat(Enumerable.Repeat("|---|---", Drops.Length))}|\n");
        foreach (var method in points.Select(point => point.Method).Distinct())
            text.Append($"| {method} | {string.Join(" | ", Drops.Select(drop => Cell(method, drop)))} |\n");
        text.Append('\n');

        string Cell(string method, double drop)
        {
            var (ours, other) = (Best("ours", drop), Best(method, drop));
            return other is null || ours is null ? "none | "
                : string.Create(CultureInfo.InvariantCulture, $"{other:0.0} | {(method == "ours" ? "" : (ours.Value / other.Value - 1).ToString("+0%;-0%;0%", CultureInfo.InvariantCulture))}");
        }

        double? Best(string method, double drop)
        {
            var enough = points.Where(point => (point.Method == method || point == original) && point.Accuracy >= original.Accuracy - drop - 1e-9 && TimeOf(point) is not null).ToList();
            return method == "ours" ? TimeOf(enough.MinBy(point => point.PredictedUs)!) : enough.Where(point => point != original || method == "original").Min(TimeOf);
        }
    }

    private static string Points(double drop) => (drop * 100).ToString("0.#", CultureInfo.InvariantCulture);
}

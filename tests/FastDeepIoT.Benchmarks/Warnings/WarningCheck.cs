using System.Globalization;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Whether warnings are true: every warned layer and its better neighbour run in ONNX Runtime, in turn, and the ratio of their times is
/// compared with the one stated. In company, a layer's time is what the runtime's own profile says of its node; alone, it is the model's.
/// </summary>
internal sealed class WarningCheck(DeviceModel device)
{
    private const int Turns = 3;

    /// <summary>Checks the warnings given for C# files, or for so many made-up layers.</summary>
    internal static int Run(DeviceModel device, IReadOnlyList<string> sources)
    {
        var warnings = sources.SelectMany(CodeOf).SelectMany(code => Warning.In(code, device)).DistinctBy(warning => (warning.Slow.Key, warning.Fast.Key)).ToList();
        Console.WriteLine($"{warnings.Count} different warnings on '{device.Name}'");
        new WarningCheck(device).Check(warnings);
        return 0;
    }

    private void Check(IReadOnlyList<Warning> warnings)
    {
        using var reference = new ReferenceLoad(device.Provenance.Threads);
        var measurement = new ProbeMeasurement(reference, device.Provenance.Threads);
        var results = new List<(Warning Warning, double? InCompany, double? Alone)>();
        foreach (var warning in warnings)
        {
            if (LayerModel.Of(warning.Slow, warning.Size, inCompany: true) is not { } slow) continue;

            var fast = LayerModel.Of(warning.Fast, warning.Size, inCompany: true)!;
            var inCompany = Ratio(() => NodeTime(measurement.Measure(slow, 0), warning), () => NodeTime(measurement.Measure(fast, 0), warning));
            var alone = ModelStopwatch.Measure(
                [new(LayerModel.Of(warning.Slow, warning.Size, inCompany: false)!, null), new(LayerModel.Of(warning.Fast, warning.Size, inCompany: false)!, null)],
                device.Provenance.Threads);
            results.Add((warning, inCompany, alone.All(time => time.Quiet) ? alone[0].MedianNanoseconds / alone[1].MedianNanoseconds : null));
            Print(results[^1]);
        }

        Print("in company", [.. results.Where(result => result.InCompany is not null).Select(result => (result.Warning, result.InCompany!.Value))]);
        Print("alone", [.. results.Where(result => result.Alone is not null).Select(result => (result.Warning, result.Alone!.Value))]);
    }

    private static double? Ratio(Func<double?> slow, Func<double?> fast)
    {
        var times = Enumerable.Range(0, Turns).Select(_ => (Slow: slow(), Fast: fast())).Where(turn => turn.Slow > 0 && turn.Fast > 0).ToList();
        return times.Count == 0 ? null : Median(times.Select(turn => turn.Slow!.Value)) / Median(times.Select(turn => turn.Fast!.Value));
    }

    // Of the layers of the family, the one in the middle is meant: company stands on both sides, or nowhere.
    private double? NodeTime(NetworkSample? sample, Warning warning)
    {
        if (sample is null) return null;

        var family = warning.Slow.Layers(warning.Size, Activation.None)[0].Family;
        var nodes = Enumerable.Range(0, sample.Network.Layers.Count).Where(i => sample.Network.Layers[i].Layer?.Family == family).ToList();
        var instrumentation = Math.Max(0, (sample.NodeNanoseconds + device.RunOverheadNanoseconds - sample.TotalNanoseconds) / sample.Nodes);
        return sample.Nanoseconds[nodes[nodes.Count / 2]] - instrumentation;
    }

    private static void Print((Warning Warning, double? InCompany, double? Alone) result)
    {
        var (warning, inCompany, alone) = result;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{warning.Slow} at {string.Join("x", warning.Size)} against {warning.Fast}: stated {warning.Claim.Median.Expected:0.00} ({warning.Claim.Low:0.00} to {warning.Claim.High:0.00}), "
            + $"in company {inCompany:0.00}, alone {alone:0.00}{(inCompany < warning.Claim.Low ? "  <- less than stated" : inCompany > warning.Claim.High ? "  <- more than stated" : "")}"));
    }

    private static void Print(string how, List<(Warning Warning, double Ratio)> results)
    {
        string Share(Func<Warning, double, bool> holds) =>
            (100.0 * results.Count(result => holds(result.Warning, result.Ratio)) / Math.Max(1, results.Count)).ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"{how}: {results.Count} timed; {Share((_, ratio) => ratio > 1)}% slower, {Share((warning, ratio) => ratio >= warning.Claim.Low)}% slower by the stated "
            + $"amount or more, {Share((warning, ratio) => ratio >= warning.Claim.Low && ratio <= warning.Claim.High)}% within the stated interval");
    }

    // "400" or "400@7" are made-up layers, so many, with another seed; all else are files.
    private static IEnumerable<string> CodeOf(string source) => source.Split('@') is var parts && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var count)
        ? [GeneratedLayers.Code(count, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : GeneratedLayers.UsualSeed)]
        : Directory.Exists(source) ? Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [File.ReadAllText(source)];

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}

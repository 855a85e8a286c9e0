using System.Diagnostics;
using System.Globalization;
using System.Text;
using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Whether the gate holds: compresses every task many times, each time with another split, judged by one half of the test data, and looks at the
/// real drop on the other half, which nothing has seen. Also what it took.
/// </summary>
internal sealed class GateRuns(string shared, DeviceModel device, int runs)
{
    private const double Confidence = 1.645;
    private static readonly double[] Allowed = [0.005, 0.02];

    private readonly StringBuilder _rows = new();
    private int _delivered, _over, _beyond;

    /// <summary>Writes a report over the tasks whose names contain a word.</summary>
    internal static int Write(string word, string shared, string device, int runs, string report)
    {
        var gate = new GateRuns(shared, DeviceModelFile.Read(File.ReadAllText(device), device), runs);
        foreach (var task in CompressionTask.All.Where(task => task.Name.Contains(word, StringComparison.Ordinal)))
            foreach (var allowed in Allowed) gate.Run(task, allowed);
        File.WriteAllText(report, gate.Text());
        return 0;
    }

    private void Run(CompressionTask task, double allowed)
    {
        var file = Path.Combine(shared, task.Model);
        var model = OnnxFile.Read(file);
        var (known, test) = task.Samples(shared, model);
        var (drops, times, over, beyond, watch, delivered) = (new List<double>(), new List<double>(), 0, 0, Stopwatch.StartNew(), 0);
        for (var seed = 1; seed <= runs; seed++)
        {
            var (split, unseen) = Split(known, test, seed);
            var (result, _) = Compressor.Compress(model, file, device, split, new CompressionOptions { MaxDrop = allowed, Seed = seed });
            if (result.Model is null) continue;

            var drop = Drop.Of(ModelOutputs.Of(model, unseen, CancellationToken.None), ModelOutputs.Of(result.Model, unseen, CancellationToken.None), unseen);
            delivered++;
            drops.Add(drop.Fraction);
            times.Add(result.Report.After.Nanoseconds / result.Report.Before.Nanoseconds);
            if (drop.Fraction > allowed) over++;
            if (drop.Fraction - Confidence * drop.StandardError > allowed) beyond++;
        }

        (_delivered, _over, _beyond) = (_delivered + delivered, _over + over, _beyond + beyond);
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {task.Name} | {100 * allowed:0.0} | {delivered} of {runs} | {(times.Count == 0 ? "" : $"{100 * times.Average():0}%")} | {(drops.Count == 0 ? "" : (100 * drops.Average()).ToString("0.00", CultureInfo.InvariantCulture))} | {over} | {beyond} | {watch.Elapsed.TotalSeconds / runs:0} s |\n");
        Console.Write(line);
        _rows.Append(line);
    }

    // One half of the test data judges, the other is never shown.
    private static (DataSplit Split, CalibrationSamples Unseen) Split(CalibrationSamples known, CalibrationSamples test, int seed)
    {
        var ((fit, choice), (judging, unseen)) = (Halves(known.Shuffled(seed)), Halves(test.Shuffled(seed)));
        return (new DataSplit(fit, choice, judging), unseen);
    }

    private static (CalibrationSamples, CalibrationSamples) Halves(CalibrationSamples samples) => (samples.Take(samples.Count / 2), samples.Last(samples.Count - samples.Count / 2));

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"""
        # Does the gate of compress mode hold?

        Every task is compressed {runs} times with other splits of its calibration data: half to fit by, half to choose by. One half of the test data
        judges, the other is never shown; each run draws these halves anew. *over* counts runs whose drop on the data never shown is larger than
        allowed, *beyond error* those where it is larger by more than 1.645 standard errors of that drop, which chance alone does in one run of twenty.
        Where nothing passes the gate, or nothing pays, nothing is delivered. Time is predicted for `{device.Name}`; seconds are of a whole run on
        {Environment.ProcessorCount} processors ({device.Provenance.Cpu}), most memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB.

        Write this file with `compress-gate` of `tests/FastDeepIoT.Benchmarks`.

        | task | points allowed | delivered | time left | mean drop, points | over | beyond error | a run takes |
        |---|---|---|---|---|---|---|---|
        {_rows}
        Of {_delivered} models delivered, {_over} lose more than allowed on the data never shown, {_beyond} of them beyond sampling error ({100.0 * _beyond / Math.Max(1, _delivered):0.0}%).

        """);
}

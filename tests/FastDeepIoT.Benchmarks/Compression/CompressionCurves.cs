using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Compresses a network in several ways at several strengths, all with the same data and the same repair, and keeps every model with its
/// accuracy on data nobody saw: curve.csv in a folder of its own.
/// </summary>
internal sealed class CompressionCurves : IDisposable
{
    /// <summary>Points of the curve of the search that is steered by multiply-accumulates, at most.</summary>
    internal const int Points = 16;

    /// <summary>Shares of their channels that networks keep when magnitudes alone decide.</summary>
    internal static readonly double[] Shares = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3];

    private const double FitShare = 0.7;

    private const string Heading = "method,strength,file,predictedUs,accuracy,standardError,divergence";

    // So many models in a row of no use end a curve: bolder ones are worse.
    private const int MostUseless = 2;

    private readonly ModelProto _model;
    private readonly CompressionStudy _study;
    private readonly Lazy<PlanTrials> _trials;
    private readonly CompressionStudy _counting;
    private readonly CalibrationSamples _fit, _test;
    private readonly ModelOutputs _original;
    private readonly string _folder;
    private readonly List<string> _lines;
    private readonly HashSet<string> _done;

    private CompressionCurves(CompressionTask task, string shared, DeviceModel device, string folder)
    {
        var file = Path.Combine(shared, task.Model);
        _model = OnnxFile.Read(file);
        (_fit, _test) = task.Samples(shared, _model);
        var stages = new StageProgress(null);
        var fitted = (int)(FitShare * _fit.Count);
        _study = new CompressionStudy(_model, file, device, _fit.Take(fitted), new CompressionOptions { WholeFrontier = true }, stages, CancellationToken.None);
        _trials = new(() => new PlanTrials(_study, _fit.Take(fitted), _fit.Last(_fit.Count - fitted), stages, CancellationToken.None));
        // Pruners remove channels as they find them, and no layers.
        var asPrunersDo = new CompressionOptions { MayTurnChannels = false, MayShorten = false };
        _counting = new CompressionStudy(_model, file, CountingDevice.Like(device), _fit, asPrunersDo, stages, CancellationToken.None);
        _original = ModelOutputs.Of(_model, _test, CancellationToken.None);
        _folder = Directory.CreateDirectory(Path.Combine(folder, task.Name)).FullName;
        var begun = Path.Combine(_folder, CurvePoint.Curve);
        _lines = File.Exists(begun) ? [.. File.ReadLines(begun)] : [Heading];
        _done = [.. _lines.Skip(1).Select(line => line.Split(',')[0])];
    }

    private NetworkVariant Pruned => _counting.Whole;

    /// <summary>Writes the curves of the tasks whose names contain a word.</summary>
    internal static int Write(string word, string shared, string device, string folder)
    {
        var target = DeviceModelFile.Read(File.ReadAllText(device), device);
        foreach (var task in CompressionTask.All.Where(task => task.Name.Contains(word, StringComparison.Ordinal)))
        {
            var watch = Stopwatch.StartNew();
            using var curves = new CompressionCurves(task, shared, target, folder);
            curves.Write();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task.Name} in {watch.Elapsed.TotalSeconds:0} s"));
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _study.Dispose();
        _counting.Dispose();
    }

    private void Write()
    {
        if (_done.Count == 0) Add("original", 1, _model);
        AddCurve(TaskCurves.Ours, Ours());
        var counted = Counting();
        foreach (var multiple in (int[])[1, 8, 16]) WriteRounded(multiple, counted);
    }

    // What is offered as the frontier after looking for the fastest within the drop allowed.
    private IEnumerable<(double Strength, ModelProto Model)> Ours()
    {
        var choice = new PlanChoice(_trials.Value, _study.Options, _study.BuildsFor(CompressionGate.TrialOperations));
        choice.TryAlong(CancellationToken.None);
        choice.Fastest(CancellationToken.None);
        using var final = new FinalFit(_study, _fit);
        foreach (var (plan, index) in _trials.Value.Worthwhile.ToList().Select((plan, index) => (plan, index))) yield return (index, final.Build(plan, CancellationToken.None));
    }

    private void WriteRounded(int multiple, IReadOnlyList<CompressionPlan> counted)
    {
        var suffix = multiple == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" to {multiple}");
        var magnitudes = new MagnitudeOrder(Pruned.Groups, Pruned.Rankings.Keys);
        AddPruned("uniform" + suffix, Shares.Select(share => (share, magnitudes.Uniform(share, multiple))));
        AddPruned("global" + suffix, Shares.Select(share => (share, magnitudes.Global(share, multiple))));
        AddPruned("macs" + suffix, Spread(counted.Count).Select(index => ((double)index, Counted(counted[index], multiple))));
    }

    private IReadOnlyList<CompressionPlan> Counting() => _counting.Variants(CancellationToken.None)[0].Plans([], CancellationToken.None);

    private WidthChange Counted(CompressionPlan plan, int multiple)
    {
        var change = new WidthChange();
        foreach (var (group, size) in Pruned.Steered.Groups.Zip(plan.Sizes))
            if (Pruned.Rankings.TryGetValue(group, out var ranking) && MagnitudeOrder.Rounded(size, multiple, (int)group.Size) is var rounded && rounded < group.Size)
                change.Take(group, ranking.Kept(rounded));
        return change;
    }

    // Rounding makes neighbours the same.
    private void AddPruned(string method, IEnumerable<(double Strength, WidthChange Change)> changes) => AddCurve(method, changes
        .DistinctBy(pair => string.Join(' ', Pruned.Groups.Open.Select(group => pair.Change.SizeOf(group.Width!))))
        .Select(pair => (pair.Strength, Pruned.Build(pair.Change, CancellationToken.None))));

    private static IEnumerable<int> Spread(int count) => Enumerable.Range(0, Points).Select(point => (int)((count - 1L) * point / (Points - 1))).Distinct();

    // From the most careful on, until models lose more than anybody would look at; what an earlier run began stays.
    private void AddCurve(string method, IEnumerable<(double Strength, ModelProto Model)> models)
    {
        if (_done.Contains(method)) return;

        var useless = 0;
        foreach (var (strength, model) in models)
        {
            useless = Add(method, strength, model).Fraction > CompressionTimes.LargestDrop ? useless + 1 : 0;
            if (useless == MostUseless) return;
        }
    }

    private Drop Add(string method, double strength, ModelProto model)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{strength}.onnx");
        OnnxFile.Write(model, Path.Combine(_folder, name));
        var outputs = ModelOutputs.Of(model, _test, CancellationToken.None);
        var drop = Drop.Of(_original, outputs, _test);
        var time = _study.Whole.Steered.Predict(model).Prediction.Time.Nanoseconds / 1e3;
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{method},{strength},{name},{time:0.0},{drop.After:0.0000},{drop.StandardError:0.0000},{Divergence.Of(_original, outputs):0.000000}"));
        File.WriteAllLines(Path.Combine(_folder, CurvePoint.Curve), _lines);
        return drop;
    }
}

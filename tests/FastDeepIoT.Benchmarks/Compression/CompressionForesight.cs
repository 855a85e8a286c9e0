using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// How well steering foresees what its plans do: those that it tried on the way to the fastest within a drop, and some along the trade-off it
/// ends with, each with the divergence expected and found, and the points really lost.
/// </summary>
internal sealed class CompressionForesight
{
    private const int FitSamples = 700, ChoiceSamples = 300, TestSamples = 2000;
    private static readonly CompressionOptions Options = new() { MaxDrop = 0.005 };

    private readonly string _name, _file;
    private readonly ModelProto _model;
    private readonly CalibrationSamples _fit, _choice, _test;

    private CompressionForesight(CompressionTask task, string shared)
    {
        (_name, _file) = (task.Name, Path.Combine(shared, task.Model));
        _model = OnnxFile.Read(_file);
        var (known, unseen) = task.Samples(shared, _model);
        var fitted = known.Count * FitSamples / (FitSamples + ChoiceSamples);
        (_fit, _choice) = (known.Take(fitted), known.Last(known.Count - fitted));
        _test = unseen.Take(TestSamples);
    }

    /// <summary>Prints the plans of the tasks whose names contain a word.</summary>
    internal static int Print(string word, string shared, string device, int points)
    {
        var target = DeviceModelFile.Read(File.ReadAllText(device), device);
        foreach (var task in CompressionTask.All.Where(task => task.Name.Contains(word, StringComparison.Ordinal)))
            new CompressionForesight(task, shared).Print(target, points);
        return 0;
    }

    private void Print(DeviceModel device, int points)
    {
        var watch = Stopwatch.StartNew();
        var stages = new StageProgress(null);
        using var study = new CompressionStudy(_model, _file, device, _fit, Options, stages, CancellationToken.None);
        var trials = new PlanTrials(study, _fit, _choice, stages, CancellationToken.None);
        var choice = new PlanChoice(trials, Options, study.BuildsFor(CompressionGate.TrialOperations));
        choice.TryAlong(CancellationToken.None);
        var fastest = choice.Fastest(CancellationToken.None);
        Write($"{_name}: {study.Before.Time.Nanoseconds / 1e3:0.0} us; of {trials.Tried.Count()} tried, {fastest.Nanoseconds / 1e3:0.0} us within the drop, in {watch.Elapsed.TotalSeconds:0} s");
        Write($"{"",-9} {"us",8}  {"expected",8}  {"found",8}  {"lost",6}  widths");
        foreach (var (plan, trial) in trials.Tried)
            Print(plan == fastest ? "fastest" : "tried", plan, plan.Variant.ExpectedDivergence(plan), trial.Divergence, trial.OnChoice.Fraction);

        var (originalChoice, originalTest) = (ModelOutputs.Of(_model, _choice, CancellationToken.None), ModelOutputs.Of(_model, _test, CancellationToken.None));
        foreach (var plan in Spread(trials.Plans, points))
        {
            var built = plan.Build(CancellationToken.None);
            var (onChoice, onTest) = (ModelOutputs.Of(built, _choice, CancellationToken.None), ModelOutputs.Of(built, _test, CancellationToken.None));
            Print("along", plan, plan.Divergence, Divergence.Of(originalChoice, onChoice), Drop.Of(originalTest, onTest, _test).Fraction);
        }
    }

    private static void Print(string what, CompressionPlan plan, double expected, double found, double drop)
    {
        var removed = plan.Variant.Removed.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" without {plan.Variant.Removed.Count} nodes");
        Write($"{what,-9} {plan.Nanoseconds / 1e3,8:0.0}  {expected,8:0.00000}  {found,8:0.00000}  {100 * drop,6:0.00}  {string.Join(' ', plan.Sizes)}{removed}");
    }

    private static IEnumerable<CompressionPlan> Spread(IReadOnlyList<CompressionPlan> plans, int points) =>
        Enumerable.Range(0, points).Select(point => (int)((plans.Count - 1L) * point / Math.Max(1, points - 1))).Distinct().Select(index => plans[index]);

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

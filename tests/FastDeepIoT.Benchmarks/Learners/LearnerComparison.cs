using System.Globalization;
using System.Text;
using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks.Learners;

/// <summary>
/// Compares ways to learn from the same samples on the same networks held out. Every layer is predicted where it really ran, so that only the
/// learning of times is compared.
/// </summary>
internal sealed class LearnerComparison
{
    private const int JudgedFold = 0;
    private const int FewestLayers = 8;
    private const double LeastShare = 0.01;
    private static readonly LayerLearner[] Learners = [LayerLearner.Ours, LayerLearner.Linear, TreeLearners.Tree, TreeLearners.Forest, TreeLearners.Boosting];
    private static readonly int[] Parts = [8, 4, 2, 1];
    private readonly IReadOnlyList<NetworkSample> _networks;
    private readonly Provenance _provenance;
    private readonly Instrumentation _instrumentation;
    private readonly List<TimedLayer> _judged;

    private LearnerComparison(SampleSet samples)
    {
        _networks = Visits.Combine(samples.Networks);
        _provenance = samples.Provenance;
        _instrumentation = Instrumentation.Learn(_networks);
        _judged = _networks.Where(network => Folds.Of(network.Seed) == JudgedFold).SelectMany(_instrumentation.Layers).ToList();
    }

    internal static int Write(string samples, string report)
    {
        var comparison = new LearnerComparison(SampleFile.Read(samples));
        var curves = Parts.Select(comparison.Learn).ToList();
        File.WriteAllText(report, comparison.Report(curves));
        return 0;
    }

    // One network in so many of those that are not judged.
    private Lesson Learn(int part)
    {
        var learned = _networks.Where(network => Folds.Of(network.Seed) != JudgedFold).Where((_, i) => i % part == 0).ToList();
        var layers = learned.SelectMany(_instrumentation.Layers).ToLookup(Group);
        var results = new List<Result>();
        foreach (var learner in Learners)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var times = new List<(TimedLayer Layer, double Predicted)>();
            foreach (var group in _judged.GroupBy(Group))
            {
                var judged = group.ToList();
                var predicted = layers[group.Key].Count() < FewestLayers ? new double[judged.Count] : learner.Learn([.. layers[group.Key]])(judged);
                times.AddRange(judged.Zip(predicted));
            }

            results.Add(new Result(learner.Name, times, watch.Elapsed));
            Console.Error.WriteLine($"{learned.Count} networks, {learner.Name}: {watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        }

        return new Lesson(learned.Count, results);
    }

    private static (string, bool) Group(TimedLayer layer) => (layer.Layer.Kind, layer.Placement is Placement.Internal or Placement.InternalFromPlain);

    private string Report(List<Lesson> lessons)
    {
        var all = lessons[^1];
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Learners compared

            Command: `dotnet run --project tests/FastDeepIoT.Benchmarks -c Release -- learners samples.csv docs/benchmarks/learners.md`, on the samples that
            `fastdeepiot profile --samples samples.csv` kept.

            Measured on {_provenance.Cpu}, {_provenance.RuntimeVersion} of {_provenance.Runtime}, {_provenance.Threads} thread, {_provenance.Date}. All learners get the
            same layers of {all.Networks} networks, in each kind and layout on their own, with the same features and amounts of work; all are judged on the same
            {_judged.Select(layer => layer.Network).Distinct().Count()} networks that none has seen. Trees, forests and boosting are those of Microsoft.ML.FastTree, on the logarithm of the time.


            """));
        Table(text, "Whole networks", all.Results, result => Networks(result));
        text.Append("## Learning curves\n\nWhole networks within 10% (within 5%), by the number of networks learned from.\n\n");
        text.Append("| learner |").Append(string.Concat(lessons.Select(lesson => $" {lesson.Networks} |"))).Append("\n|---|").Append(string.Concat(lessons.Select(_ => "---|"))).Append('\n');
        for (var i = 0; i < Learners.Length; i++)
            text.Append($"| {Learners[i].Name} |").Append(string.Concat(lessons.Select(lesson => Networks(lesson.Results[i]) is var error
                ? string.Create(CultureInfo.InvariantCulture, $" {error.Within10:0.0%} ({error.Within5:0.0%}) |") : ""))).Append('\n');
        text.Append("\n## Kinds\n\nLayers on which their networks spend over 1% of the time, for kinds that take over 1% of all time.\n\n");
        foreach (var kind in KindsThatMatter()) Table(text, kind, all.Results, result => HeldOut.Error(kind, Pairs(result, kind)), level: "###");
        return text.ToString();
    }

    private IEnumerable<string> KindsThatMatter()
    {
        var shares = _judged.GroupBy(layer => layer.Layer.Kind).Select(kind => (kind.Key, Share: kind.Sum(layer => layer.Nanoseconds / layer.NetworkNanoseconds))).ToList();
        return shares.Where(kind => kind.Share > LeastShare * shares.Sum(other => other.Share)).OrderByDescending(kind => kind.Share).Select(kind => kind.Key);
    }

    private static List<(double, double)> Pairs(Result result, string kind) =>
        [.. result.Times.Where(time => time.Layer.Layer.Kind == kind && time.Layer.Matters).Select(time => (time.Predicted, time.Layer.Nanoseconds))];

    private HeldOutError Networks(Result result)
    {
        var measured = _networks.ToDictionary(network => network.Seed, network => network.TotalNanoseconds);
        return HeldOut.Error("networks", [.. result.Times.GroupBy(time => time.Layer.Network)
            .Select(network => (network.Sum(time => time.Predicted) + _instrumentation.RunOverheadNanoseconds, measured[network.Key]))]);
    }

    private static void Table(StringBuilder text, string title, IReadOnlyList<Result> results, Func<Result, HeldOutError> error, string level = "##")
    {
        text.Append($"{level} {title}\n\n| learner | judged | MAPE | RMSPE | within 5% | within 10% | learned in |\n|---|---|---|---|---|---|---|\n");
        foreach (var result in results)
            text.Append(error(result) is var of ? string.Create(CultureInfo.InvariantCulture,
                $"| {result.Learner} | {of.Count} | {of.Mape:0.0%} | {of.Rmspe:0.0%} | {of.Within5:0.0%} | {of.Within10:0.0%} | {result.Time.TotalSeconds:0} s |\n") : "");
        text.Append('\n');
    }

    private sealed record Lesson(int Networks, IReadOnlyList<Result> Results);

    private sealed record Result(string Learner, IReadOnlyList<(TimedLayer Layer, double Predicted)> Times, TimeSpan Time);
}

using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Benchmarks;

/// <summary>How well networks are repaired when every width keeps the same share of its channels: accuracy and divergence on data nobody saw.</summary>
internal static class RepairQuality
{
    private const int FitSamples = 500, TestSamples = 2000;
    private static readonly double[] Shares = [0.85, 0.7, 0.5];

    /// <summary>Prints a line for each task whose name contains a word and each share.</summary>
    internal static int Print(string word, string shared)
    {
        Console.WriteLine("task                   share  accuracy  points lost  divergence  seconds");
        foreach (var task in CompressionTask.All.Where(task => task.Name.Contains(word, StringComparison.Ordinal))) Print(task, shared);
        return 0;
    }

    private static void Print(CompressionTask task, string shared)
    {
        var file = Path.Combine(shared, task.Model);
        var model = OnnxFile.Read(file);
        var (known, unseen) = task.Samples(shared, model);
        var (fit, test) = (known.Take(FitSamples), unseen.Take(TestSamples));
        var original = ModelOutputs.Of(model, test, CancellationToken.None);
        using var product = new RuntimeProduct();
        model = PrincipalChannels.Apply(FoldNormalizations.Apply(model), file, fit, product, CancellationToken.None);
        var groups = WidthGroups.Of(model, file, subgraphs: false);
        var records = OriginalRecords.Of(model, groups, fit, product, null, CancellationToken.None);
        var rankings = groups.Open.Select(group => ChannelRanking.Of(group, records)).OfType<ChannelRanking>().ToList();
        var repair = new NetworkRepair(model, groups, records, fit, product);
        foreach (var share in Shares)
        {
            var change = new WidthChange();
            foreach (var ranking in rankings) change.Take(ranking.Group, ranking.Kept((long)Math.Ceiling(share * ranking.Group.Size)));
            var watch = Stopwatch.StartNew();
            var repaired = ModelOutputs.Of(repair.InSequence(change, CancellationToken.None), test, CancellationToken.None);
            var drop = Drop.Of(original, repaired, test);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{task.Name,-22} {share,5:0.00}  {100 * drop.After,7:0.00}%  {100 * drop.Fraction,11:0.00}  {Divergence.Of(original, repaired),10:0.0000}  {watch.Elapsed.TotalSeconds,7:0.0}"));
        }
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Repairs a network whose channels were removed, site by site in running order: each learns, by least squares, to give what it gave in the
/// original from what the network repaired so far lets it see.
/// </summary>
internal sealed class NetworkRepair(ModelProto model, WidthGroups groups, IReadOnlyList<SiteRecord> records, CalibrationSamples samples, RuntimeProduct product)
{
    // What a recurrent layer sees of its own state changes with every repair.
    private const int StateRounds = 2;

    /// <summary>The model at other widths, repaired from what the network repaired so far computes: one partial run a site.</summary>
    internal ModelProto InSequence(WidthChange change, CancellationToken cancellation) => InSequence(change, AffectedSites.By(groups, change), DenseFit.Rounds, null, cancellation);

    /// <summary>The model at its widths with some of its sites repaired.</summary>
    /// <param name="affected">The sites.</param>
    /// <param name="rounds">How often outputs that an activation cuts off are reconsidered.</param>
    /// <param name="begun">The samples in a model that begins as this one does; null when there is none.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal ModelProto Repaired(AffectedSites affected, int rounds, PrefixCache? begun, CancellationToken cancellation) => InSequence(new WidthChange(), affected, rounds, begun, cancellation);

    private ModelProto InSequence(WidthChange change, AffectedSites affected, int rounds, PrefixCache? begun, CancellationToken cancellation)
    {
        var (compressed, editor) = Start(change);
        using var prefix = begun?.Fork(compressed, cancellation) ?? new PrefixCache(compressed, samples);
        foreach (var record in affected.Among(records).SelectMany(record => Enumerable.Repeat(record, record.Site.Kind == FeatureKind.States ? StateRounds : 1)))
        {
            cancellation.ThrowIfCancellationRequested();
            var (start, bias, batches) = (Weights(record, editor), Bias(record, change), Batches(record, change, prefix, cancellation));
            Apply(record, editor, record.Site.Depthwise
                ? new DepthwiseFit(record.Tail, batches, rounds).Solve(start, bias)
                : new DenseFit(product, record.Tail, batches, rounds).Solve(start, bias, record.Site.BiasInput > 0));
        }

        return compressed;
    }

    /// <summary>The model at other widths, repaired from what the original computes: fast, but blind to how errors add up.</summary>
    internal ModelProto AtOnce(WidthChange change)
    {
        var (compressed, editor) = Start(change);
        foreach (var record in records.Where(record => record.Moments is not null && change.Touches(record.Site.Columns)))
            Apply(record, editor, SiteFit.Dense(Restricted(record, change), Weights(record, editor), Bias(record, change), record.Site.BiasInput > 0));
        return compressed;
    }

    private (ModelProto, ModelEditor) Start(WidthChange change)
    {
        var compressed = WidthRewriter.Apply(model, groups, change);
        return (compressed, new ModelEditor(compressed));
    }

    private static double[] Bias(SiteRecord record, WidthChange change) => ChannelSelection.Of(record.Bias, change.SourcesOf(record.Site.Rows));

    private static RowMatrix Weights(SiteRecord record, ModelEditor editor) => SiteWeights.Read(record.Site, ConstantOf(record.Site, editor));

    private static TensorProto ConstantOf(ReaderSite site, ModelEditor editor) => editor.Constant(editor.Node(site.Key).Input[site.WeightInput])!;

    private static void Apply(SiteRecord record, ModelEditor editor, (RowMatrix Weights, double[] Bias) fit)
    {
        var site = record.Site;
        if (!fit.Weights.Values.All(double.IsFinite) || !fit.Bias.All(double.IsFinite)) return;

        editor.Set(site.Key, site.WeightInput, SiteWeights.Write(site, ConstantOf(site, editor), fit.Weights));
        if (site.BiasInput > 0) editor.Set(site.Key, site.BiasInput, SiteBias.Write(site, SiteBias.Find(site, editor.Node(site.Key), editor.Constant), fit.Bias));
    }

    // The moments of the original's features that stay, with the original's outputs that stay.
    private static Moments Restricted(SiteRecord record, WidthChange change)
    {
        var columns = ChannelSelection.Columns(record.Site, change);
        var rows = change.SourcesOf(record.Site.Rows);
        return record.Moments!.Restricted(columns, rows, record.Weights, record.Bias);
    }

    private static List<FitBatch> Batches(SiteRecord record, WidthChange change, PrefixCache prefix, CancellationToken cancellation)
    {
        var (site, rows) = (record.Site, change.SourcesOf(record.Site.Rows));
        var addends = record.Tail.Addend is { } addend ? prefix.Walk(addend, site.Key, cancellation).Select(value => Beside(record, value)).ToList() : null;
        return [.. prefix.Walk(site.Input, site.Key, cancellation).Zip(record.Targets).Select((pair, batch) =>
        {
            var x = record.Rows.Take(pair.First.GetTensorDataAsSpan<float>(), pair.First.GetTensorTypeAndShape().Shape, out var count);
            return new FitBatch(x, ChannelSelection.Columns(pair.Second, record.Weights.Rows, rows), addends?[batch], count);
        })];
    }

    private static float[] Beside(SiteRecord record, OrtValue value) => record.Rows.Beside(value.GetTensorDataAsSpan<float>(), value.GetTensorTypeAndShape().Shape);
}

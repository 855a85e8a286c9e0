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
    /// <summary>The model at other widths, repaired from what the network repaired so far computes: one partial run a site.</summary>
    internal ModelProto InSequence(WidthChange change, CancellationToken cancellation)
    {
        var (compressed, editor) = Start(change);
        using var prefix = new PrefixCache(compressed, samples);
        foreach (var record in new AffectedSites(groups, change).Among(records))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Moments is null) Apply(record, editor, Depthwise(record, change, prefix, editor, cancellation));
            else Apply(record, editor, Dense(record, change, editor, Seen(record, change, prefix, cancellation)));
        }

        return compressed;
    }

    /// <summary>The model at other widths, repaired from what the original computes: fast, but blind to how errors add up.</summary>
    internal ModelProto AtOnce(WidthChange change)
    {
        var (compressed, editor) = Start(change);
        foreach (var record in records.Where(record => record.Moments is not null && change.Touches(record.Site.Columns)))
            Apply(record, editor, Dense(record, change, editor, Restricted(record, change)));
        return compressed;
    }

    private (ModelProto, ModelEditor) Start(WidthChange change)
    {
        var compressed = WidthRewriter.Apply(model, groups, change);
        return (compressed, new ModelEditor(compressed));
    }

    private static (RowMatrix, double[]) Dense(SiteRecord record, WidthChange change, ModelEditor editor, Moments moments)
    {
        var start = Weights(record, editor);
        return SiteFit.Dense(moments, start, ChannelSelection.Of(record.Bias, change.SourcesOf(record.Site.Rows)), record.Site.BiasInput > 0);
    }

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

    private Moments Seen(SiteRecord record, WidthChange change, PrefixCache prefix, CancellationToken cancellation)
    {
        var rows = change.SourcesOf(record.Site.Rows);
        var moments = new Moments(ChannelSelection.Columns(record.Site, change).Length, rows.Length);
        Visit(record, prefix, cancellation, (x, count, target) => moments.Add(product, x, ChannelSelection.Columns(target, record.Weights.Rows, rows), count));
        return moments;
    }

    private static (RowMatrix, double[]) Depthwise(SiteRecord record, WidthChange change, PrefixCache prefix, ModelEditor editor, CancellationToken cancellation)
    {
        var rows = change.SourcesOf(record.Site.Rows);
        var fit = new DepthwiseFit(rows.Length, record.Weights.Columns);
        Visit(record, prefix, cancellation, (x, count, target) => fit.Add(x, ChannelSelection.Columns(target, record.Weights.Rows, rows), count));
        return fit.Solve(Weights(record, editor));
    }

    private static void Visit(SiteRecord record, PrefixCache prefix, CancellationToken cancellation, Action<float[], int, float[]> visit)
    {
        var features = new FeatureRows(record.Site);
        foreach (var (input, target) in prefix.Walk(record.Site.Input, record.Site.Key, cancellation).Zip(record.Targets))
        {
            var x = features.Take(input.GetTensorDataAsSpan<float>(), input.GetTensorTypeAndShape().Shape, record.RowsPerBatch, out var count);
            visit(x, count, target);
        }
    }
}

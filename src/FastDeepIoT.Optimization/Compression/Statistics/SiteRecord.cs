using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>What the original model computes at a site: its weights, the moments of its features, and rows of its outputs.</summary>
internal sealed class SiteRecord
{
    internal SiteRecord(ReaderSite site, WidthGroups groups, int rowsPerBatch)
    {
        var graph = groups.Graph;
        (Site, Tail, Rows) = (site, SiteTail.Of(groups, site), new FeatureRows(site, rowsPerBatch));
        Weights = SiteWeights.Read(site, graph.Constant(site.Source.Input[site.WeightInput])!);
        Bias = SiteBias.Read(site, name => graph.Constant(name), Weights.Rows);
    }

    private SiteRecord(SiteRecord record, List<float[]> targets) =>
        (Site, Tail, Rows, Weights, Bias, Moments, Targets) = (record.Site, record.Tail, record.Rows, record.Weights, record.Bias, record.Moments, targets);

    internal ReaderSite Site { get; }

    /// <summary>What becomes of the outputs.</summary>
    internal SiteTail Tail { get; }

    /// <summary>Outputs by features.</summary>
    internal RowMatrix Weights { get; }

    internal double[] Bias { get; }

    /// <summary>Moments of the features; null for a depthwise site, whose width is not summed over, and where nobody asks for them.</summary>
    internal Moments? Moments { get; init; }

    /// <summary>Rows of the sums that the outputs end up in, batch by batch.</summary>
    internal List<float[]> Targets { get; init; } = [];

    /// <summary>Which rows are looked at.</summary>
    internal FeatureRows Rows { get; }

    /// <summary>Floating-point operations that its repair takes, roughly.</summary>
    internal double RepairOperations
    {
        get
        {
            double rows = Targets.Sum(sums => (double)sums.Length) / Math.Max(1, Weights.Rows), features = Weights.Columns, outputs = Weights.Rows;
            return Site.Depthwise ? rows * features * features * outputs
                : 2 * rows * features * (features + outputs * (Tail.CutsOff ? 1 + 2 * DenseFit.Rounds : 1)) + features * features * features;
        }
    }

    /// <summary>The same site, seeing other features.</summary>
    internal SiteRecord With(Moments moments) => new(this, Targets) { Moments = moments };

    /// <summary>The same site, aiming at other sums.</summary>
    internal SiteRecord With(List<float[]> targets) => new(this, targets);
}

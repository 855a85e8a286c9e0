using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>What the original model computes at a site: its weights, the moments of its features, and rows of its outputs.</summary>
internal sealed class SiteRecord
{
    internal SiteRecord(ReaderSite site, ModelGraph graph)
    {
        Site = site;
        Weights = SiteWeights.Read(site, graph.Constant(site.Source.Input[site.WeightInput])!);
        Bias = SiteBias.Read(site, name => graph.Constant(name), Weights.Rows);
        Moments = site.Depthwise ? null : new Moments(site.Features, 0);
    }

    internal ReaderSite Site { get; }

    /// <summary>Outputs by features.</summary>
    internal RowMatrix Weights { get; }

    internal double[] Bias { get; }

    /// <summary>Moments of the features; null for a depthwise site, whose width is not summed over.</summary>
    internal Moments? Moments { get; }

    /// <summary>Rows of outputs, batch by batch.</summary>
    internal List<float[]> Targets { get; } = [];

    /// <summary>Rows to take of a batch.</summary>
    internal required int RowsPerBatch { get; init; }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>One pass of the original model over the fitting data: what every site sees and computes.</summary>
internal static class OriginalRecords
{
    // Beyond this, second moments and their inverse take too much memory and time.
    private const int MostFeatures = 2304;

    // Rows for each unknown of a row of weights: enough to average noise out.
    private const int RowsPerFeature = 12;
    private const int FewestRows = 8192;
    private const int MostRows = 24576;

    /// <summary>Runs the original.</summary>
    internal static IReadOnlyList<SiteRecord> Of(ModelProto model, WidthGroups groups, CalibrationSamples samples, RuntimeProduct product, IProgress<double>? progress, CancellationToken cancellation)
    {
        var inputs = model.Graph.Input.Select(input => input.Name).ToHashSet();
        var batches = Math.Max(1, samples.Batches().Count());
        var records = ReaderSites.Of(groups).Where(site => !inputs.Contains(site.Input) && (site.Depthwise || site.Features <= MostFeatures))
            .Select(site => new SiteRecord(site, groups.Graph) { RowsPerBatch = RowsFor(site) / batches + 1 }).ToList();
        if (records.Count == 0) return records;

        using var run = new ActivationRun(model, records.Select(record => record.Site.Input));
        var done = 0;
        run.Over(samples, cancellation, (batch, tensors) =>
        {
            foreach (var record in records)
                if (tensors(record.Site.Input) is { } input && input.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float) Visit(record, input, product);
            progress?.Report((double)++done / batches);
        });
        return records.Where(record => record.Targets.Count > 0).ToList();
    }

    private static int RowsFor(ReaderSite site) => Math.Clamp(RowsPerFeature * (site.Depthwise ? site.Kernel : site.Features), FewestRows, MostRows);

    private static void Visit(SiteRecord record, OrtValue input, RuntimeProduct product)
    {
        var x = new FeatureRows(record.Site).Take(input.GetTensorDataAsSpan<float>(), input.GetTensorTypeAndShape().Shape, record.RowsPerBatch, out var rows);
        record.Moments?.Add(product, x, [], rows);
        record.Targets.Add(record.Site.Depthwise ? Depthwise(record, x, rows) : Outputs(record, x, rows, product));
    }

    private static float[] Outputs(SiteRecord record, float[] x, int rows, RuntimeProduct product)
    {
        var weights = record.Weights.Values.Select(value => (float)value).ToArray();
        var y = product.TimesTransposed(x, rows, weights, record.Weights.Rows, record.Weights.Columns);
        for (var at = 0; at < y.Length; at++) y[at] += (float)record.Bias[at % record.Weights.Rows];
        return y;
    }

    private static float[] Depthwise(SiteRecord record, float[] x, int rows)
    {
        var (channels, kernel) = (record.Weights.Rows, record.Weights.Columns);
        var y = new float[rows * channels];
        for (var row = 0; row < rows; row++)
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = record.Bias[channel];
                for (var element = 0; element < kernel; element++) sum += record.Weights[channel, element] * x[(row * channels + channel) * kernel + element];
                y[row * channels + channel] = (float)sum;
            }

        return y;
    }
}

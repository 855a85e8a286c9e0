using System.Numerics.Tensors;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>One pass of the original model over the fitting data: what every site sees and computes.</summary>
internal static class OriginalRecords
{
    // Beyond this, second moments and their inverse take too much memory and time.
    internal const int MostFeatures = 2304;

    // Rows for each unknown of a row of weights: enough to average noise out where plans are compared.
    private const int RowsPerFeature = 8;
    private const int FewestRows = 4096;
    private const int MostRows = 16384;

    /// <summary>Runs the original.</summary>
    internal static IReadOnlyList<SiteRecord> Of(ModelProto model, WidthGroups groups, CalibrationSamples samples, RuntimeProduct product, IProgress<double>? progress, CancellationToken cancellation) =>
        Of(model, groups, ReaderSites.Of(groups), samples, product, progress, cancellation);

    /// <summary>As the other, without moments: only what sites should give.</summary>
    /// <param name="model">The model.</param>
    /// <param name="groups">Its width groups.</param>
    /// <param name="samples">The samples to run.</param>
    /// <param name="product">Multiplies matrices.</param>
    /// <param name="rows">How many times the usual number of rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static IReadOnlyList<SiteRecord> Targets(ModelProto model, WidthGroups groups, CalibrationSamples samples, RuntimeProduct product, double rows, CancellationToken cancellation) =>
        Of(model, groups, ReaderSites.Of(groups), samples, product, null, cancellation, withMoments: false, rows);

    /// <summary>Runs the original for some of its sites.</summary>
    internal static IReadOnlyList<SiteRecord> Of(
        ModelProto model, WidthGroups groups, IEnumerable<ReaderSite> sites, CalibrationSamples samples, RuntimeProduct product, IProgress<double>? progress, CancellationToken cancellation, bool withMoments = true, double rows = 1)
    {
        var inputs = model.Graph.Input.Select(input => input.Name).ToHashSet();
        var batches = Math.Max(1, samples.Batches().Count());
        var records = sites.Where(site => !inputs.Contains(site.Input) && (site.Depthwise || site.Features <= MostFeatures))
            .Select(site => new SiteRecord(site, groups, (int)(rows * RowsFor(site)) / batches + 1) { Moments = site.Depthwise || !withMoments ? null : new Moments(site.Features, 0) }).ToList();
        if (records.Count == 0) return records;

        using var run = new ActivationRun(model, records.Select(record => record.Site.Input).Concat(records.Select(record => record.Tail.Addend).OfType<string>()));
        var done = 0;
        run.Over(samples, cancellation, (batch, tensors) =>
        {
            foreach (var record in records)
                if (tensors(record.Site.Input) is { } input && input.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
                    Visit(record, input, record.Tail.Addend is { } addend ? tensors(addend) : null, product);
            progress?.Report((double)++done / batches);
        });
        return records.Where(record => record.Targets.Count > 0).ToList();
    }

    private static int RowsFor(ReaderSite site) => Math.Clamp(RowsPerFeature * (site.Depthwise ? site.Kernel : site.Features), FewestRows, MostRows);

    private static void Visit(SiteRecord record, OrtValue input, OrtValue? addend, RuntimeProduct product)
    {
        var x = record.Rows.Take(input.GetTensorDataAsSpan<float>(), input.GetTensorTypeAndShape().Shape, out var rows);
        record.Moments?.Add(product, x, [], rows);
        var sums = record.Site.Depthwise ? Depthwise(record, x, rows) : Outputs(record, x, rows, product);
        if (addend is not null && !Add(sums, record.Rows.Beside(addend.GetTensorDataAsSpan<float>(), addend.GetTensorTypeAndShape().Shape))) return;

        record.Targets.Add(sums);
    }

    // What broadcasts, as only running tells, is no addend of the same shape.
    private static bool Add(float[] sums, float[] addend)
    {
        if (addend.Length != sums.Length) return false;

        TensorPrimitives.Add(sums, addend, sums);
        return true;
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

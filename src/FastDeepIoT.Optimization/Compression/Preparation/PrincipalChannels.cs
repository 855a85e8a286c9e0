using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using MathNet.Numerics.LinearAlgebra;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a width whose channels are only summed, added and moved (<see cref="LinearWidth"/>), such as the bottlenecks of inverted residual blocks.
/// After: the same function with other channels: uncorrelated, and sorted by what the readers get out of each.
/// Formula: with covariance C of the channels and M = W'W of the readers' weights W, both scaled to the readers' variances, and U the eigenvectors of
/// sqrt(C) M sqrt(C): channels U' C^-1/2 x, readers W sqrt(C) U.
/// Why equal: what writers are multiplied by, readers are multiplied by the inverse of.
/// Why: a few such channels carry what many of the old ones did, so that more can be removed for the same harm (as SliceGPT does for transformers,
/// arXiv 2401.15024).
/// </summary>
internal static class PrincipalChannels
{
    private const int MostChannels = 1024;
    private const int MostSamples = 256;

    // Channels that hardly vary must not be blown up beyond this, or weights lose their precision.
    private const double SmallestVariance = 1e-4;

    /// <summary>A copy of the model with principal channels wherever a width is linear; the model itself where none is.</summary>
    internal static ModelProto Apply(ModelProto model, string? file, CalibrationSamples samples, RuntimeProduct product, CancellationToken cancellation)
    {
        var groups = WidthGroups.Of(model, file, subgraphs: false);
        var widths = LinearWidth.Of(groups).Where(width => width.Group.Size is > 1 and <= MostChannels).ToList();
        if (widths.Count == 0) return model;

        var records = OriginalRecords.Of(model, groups, widths.SelectMany(width => width.Readers).DistinctBy(site => (site.Node, site.WeightInput, site.Direction)), samples.Take(MostSamples), product, null, cancellation)
            .ToLookup(record => record.Site.Node);
        var editor = new ModelEditor(model = model.Clone());
        foreach (var width in widths)
        {
            var readers = width.Readers.SelectMany(reader => records[reader.Node].Where(record => ReferenceEquals(record.Site, reader))).ToList();
            if (readers.Count == width.Readers.Count) Turn(editor, width, Basis(readers, (int)width.Group.Size));
        }

        return model;
    }

    private static (Matrix<double> Into, Matrix<double> OutOf) Basis(IReadOnlyList<SiteRecord> readers, int size)
    {
        var (covariance, metric) = (Matrix<double>.Build.Dense(size, size), Matrix<double>.Build.Dense(size, size));
        foreach (var reader in readers)
        {
            var (variance, weight) = (Covariance(reader, size), Metric(reader, size));
            var (trace, energy) = (variance.Trace(), (variance * weight).Trace());
            if (!(trace > 0) || !(energy > 0)) continue;

            covariance += variance / trace;
            metric += weight * (trace / energy);
        }

        var spectrum = covariance.Evd(Symmetricity.Symmetric);
        var values = spectrum.EigenValues.Real();
        var least = Math.Max(double.Epsilon * 1e10, SmallestVariance * values.Average());
        var root = Function(spectrum.EigenVectors, values, value => Math.Sqrt(Math.Max(least, value)));
        var inverse = Function(spectrum.EigenVectors, values, value => 1 / Math.Sqrt(Math.Max(least, value)));
        var axes = (root * metric * root).Evd(Symmetricity.Symmetric).EigenVectors;
        var sorted = Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, size).Reverse().Select(axes.Column));
        return (sorted.TransposeThisAndMultiply(inverse), root * sorted);
    }

    private static Matrix<double> Function(Matrix<double> vectors, Vector<double> values, Func<double, double> function) =>
        vectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(function)) * vectors.Transpose();

    // Of the channels, averaged over the elements of a kernel.
    private static Matrix<double> Covariance(SiteRecord reader, int size)
    {
        var (kernel, all) = (reader.Site.Kernel, reader.Moments!.Covariance(centered: true));
        return Matrix<double>.Build.Dense(size, size, (i, j) => Enumerable.Range(0, kernel).Sum(element => all[(i * kernel + element) * size * kernel + j * kernel + element]) / kernel);
    }

    private static Matrix<double> Metric(SiteRecord reader, int size)
    {
        var (kernel, weights) = (reader.Site.Kernel, reader.Weights);
        var byChannel = Matrix<double>.Build.Dense(weights.Rows * kernel, size, (row, channel) => weights[row / kernel, channel * kernel + row % kernel]);
        return byChannel.TransposeThisAndMultiply(byChannel);
    }

    private static void Turn(ModelEditor editor, LinearWidth width, (Matrix<double> Into, Matrix<double> OutOf) basis)
    {
        foreach (var writer in width.Writers)
        {
            Weights(editor, writer, weights => Product(basis.Into, weights));
            if (SiteBias.Find(writer, editor.Node(writer.Key), editor.Constant) is { } bias)
                editor.Set(writer.Key, writer.BiasInput, SiteBias.Write(writer, bias, Product(basis.Into, new RowMatrix((int)width.Group.Size, 1, [.. SiteWeights.Values(bias).Select(value => (double)value)])).Values));
        }

        foreach (var reader in width.Readers) Weights(editor, reader, weights => Product(weights, basis.OutOf, reader.Kernel));
    }

    private static void Weights(ModelEditor editor, ReaderSite site, Func<RowMatrix, RowMatrix> turn)
    {
        var constant = editor.Constant(editor.Node(site.Key).Input[site.WeightInput])!;
        editor.Set(site.Key, site.WeightInput, SiteWeights.Write(site, constant, turn(SiteWeights.Read(site, constant))));
    }

    private static RowMatrix Product(Matrix<double> left, RowMatrix right)
    {
        var product = left * Matrix<double>.Build.DenseOfRowMajor(right.Rows, right.Columns, right.Values);
        return new RowMatrix(right.Rows, right.Columns, product.ToRowMajorArray());
    }

    // Channels lie kernel by kernel along the columns.
    private static RowMatrix Product(RowMatrix left, Matrix<double> right, int kernel)
    {
        var result = RowMatrix.Zero(left.Rows, left.Columns);
        for (var element = 0; element < kernel; element++)
        {
            var part = Matrix<double>.Build.Dense(left.Rows, right.RowCount, (row, channel) => left[row, channel * kernel + element]) * right;
            for (var row = 0; row < left.Rows; row++)
                for (var channel = 0; channel < right.ColumnCount; channel++) result[row, channel * kernel + element] = part[row, channel];
        }

        return result;
    }
}

using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>Takes along what a change of widths keeps; what is added is zero.</summary>
internal static class ChannelSelection
{
    /// <summary>For each feature of a site after the change the feature it was, or <see cref="WidthChange.Added"/>.</summary>
    internal static int[] Columns(ReaderSite site, WidthChange change) =>
        [.. change.SourcesOf(site.Columns).SelectMany(source => Enumerable.Range(0, site.Kernel).Select(element => source < 0 ? WidthChange.Added : source * site.Kernel + element))];

    /// <summary>The elements of a vector that stay.</summary>
    internal static double[] Of(double[] values, int[] sources) => [.. sources.Select(source => source < 0 ? 0 : values[source])];

    /// <summary>The columns of rows that stay.</summary>
    internal static float[] Columns(float[] values, int width, int[] sources)
    {
        var rows = values.Length / width;
        var result = new float[rows * sources.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < sources.Length; column++)
                if (sources[column] >= 0) result[row * sources.Length + column] = values[row * width + sources[column]];
        return result;
    }
}

using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Takes rows of features out of a reader's input: for convolutions some windows of every sample, for the rest some rows. Which ones
/// depends on nothing but shapes and the number asked for, so that two models give rows of the same places.
/// </summary>
/// <param name="site">The site.</param>
/// <param name="most">Rows wanted of a batch at most.</param>
internal sealed class FeatureRows(ReaderSite site, int most)
{
    // Windows of one sample overlap and resemble each other: those that are taken are spread by a step without common factors.
    private const int Spread = 7919;

    /// <summary>Rows wanted of a batch at most.</summary>
    internal int Most => most;

    /// <summary>The features of some rows, row by row.</summary>
    /// <param name="values">The input.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="rows">Rows taken.</param>
    internal float[] Take(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, out int rows) => site.Kind switch
    {
        FeatureKind.Windows => Windows(values, shape, out rows),
        FeatureKind.States => States(values, shape, out rows),
        _ => LastAxis(values, shape, out rows),
    };

    /// <summary>The elements of a tensor of the shape of the outputs at the rows that <see cref="Take"/> takes, row by row.</summary>
    internal float[] Beside(ReadOnlySpan<float> values, ReadOnlySpan<long> shape) =>
        site.Kind == FeatureKind.Windows ? Positions(values, shape) : LastAxis(values, shape, out _);

    private float[] Positions(ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var (samples, channels) = ((int)shape[0], (int)shape[1]);
        var plane = samples * channels == 0 ? 0 : values.Length / (samples * channels);
        var each = Each(plane, samples);
        var rows = samples * each;
        var taken = new float[rows * channels];
        for (var row = 0; row < rows; row++)
        {
            var at = row / each * channels * plane + Pick(row, each, plane);
            for (var channel = 0; channel < channels; channel++) taken[row * channels + channel] = values[at + channel * plane];
        }

        return taken;
    }

    private float[] LastAxis(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, out int rows)
    {
        var width = (int)shape[^1];
        var all = width == 0 ? 0 : values.Length / width;
        rows = Math.Min(all, most);
        var features = new float[rows * width];
        for (var row = 0; row < rows; row++) values.Slice(Pick(row, rows, all) * width, width).CopyTo(features.AsSpan(row * width));
        return features;
    }

    // The state before a step is the output of the step before; the first step's is no output of any.
    private float[] States(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, out int rows)
    {
        var (steps, directions, batch, width) = ((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
        var backward = site.Direction == 1 || site.Source.TextOf("direction", "forward") == "reverse";
        var all = Math.Max(0, steps - 1) * batch;
        rows = Math.Min(all, most);
        var features = new float[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var pick = Pick(row, rows, all);
            var step = pick / batch + (backward ? 1 : 0);
            values.Slice(((step * directions + site.Direction) * batch + pick % batch) * width, width).CopyTo(features.AsSpan(row * width));
        }

        return features;
    }

    private float[] Windows(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, out int rows)
    {
        var window = new ConvolutionWindow(site, shape);
        var samples = (int)shape[0];
        var each = Each(window.Positions, samples);
        rows = samples * each;
        var features = new float[rows * window.Features];
        var sampleSize = samples == 0 ? 0 : values.Length / samples;
        for (var sample = 0; sample < samples; sample++)
            for (var row = 0; row < each; row++)
                window.Copy(values.Slice(sample * sampleSize, sampleSize), Pick(row + sample * each, each, window.Positions),
                    features.AsSpan((sample * each + row) * window.Features, window.Features));
        return features;
    }

    private int Each(int positions, int samples) => Math.Min(positions, Math.Max(1, most / Math.Max(1, samples)));

    private static int Pick(int row, int rows, int all) => rows == all ? row % all : (int)((long)row * Spread % all);
}

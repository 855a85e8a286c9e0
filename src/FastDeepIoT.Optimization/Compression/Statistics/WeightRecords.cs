using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>
/// What sites see as far as weights alone tell: channels that have nothing to do with each other, each as strong as the weights that make it
/// (their squares added up over the layers that make it together, multiplied along depthwise layers). What a channel is worth is then the
/// square of the weights that make it times that of the weights that read it.
/// </summary>
internal static class WeightRecords
{
    /// <summary>The sites that sum over channels; they aim at nothing, because nobody knows what they give.</summary>
    internal static IReadOnlyList<SiteRecord> Of(WidthGroups groups)
    {
        var inputs = groups.Graph.Graph.Input.Select(input => input.Name).ToHashSet();
        var records = ReaderSites.Of(groups).Where(site => site.Features <= OriginalRecords.MostFeatures || site.Depthwise).Select(site => new SiteRecord(site, groups, rowsPerBatch: 1)).ToList();
        var strengths = groups.Open.ToDictionary(group => group.Width!, group => Strengths(group.Width!, records));
        return [.. records.Where(record => !record.Site.Depthwise && !inputs.Contains(record.Site.Input)).Select(record => record.With(Moments.Of(Squares(record.Site, strengths))))];
    }

    private static double[] Strengths(Width width, IReadOnlyList<SiteRecord> records)
    {
        var makers = records.Where(record => record.Site.Rows.Leaves().Contains(width)).ToList();
        var strengths = Enumerable.Repeat(1.0, (int)width.Size).ToArray();
        var dense = makers.Where(record => !record.Site.Depthwise).Select(record => RowSquares(record, width)).ToList();
        if (dense.Count > 0) strengths = Scaled([.. strengths.Select((_, channel) => dense.Sum(squares => squares[channel]))]);
        foreach (var depthwise in makers.Where(record => record.Site.Depthwise))
            strengths = Scaled([.. strengths.Zip(RowSquares(depthwise, width), (strength, square) => strength * square)]);
        return strengths;
    }

    private static double[] RowSquares(SiteRecord record, Width width)
    {
        var (squares, channels) = (new double[width.Size], ChannelMap.Along(record.Site.Rows, width));
        for (var row = 0; row < channels.Length; row++)
            if (channels[row] >= 0 && row < record.Weights.Rows)
            {
                foreach (var weight in record.Weights.Row(row)) squares[channels[row]] += weight * weight;
                squares[channels[row]] += record.Bias[row] * record.Bias[row];
            }

        return squares;
    }

    private static double[] Scaled(double[] strengths) => strengths.Average() is > 0 and var mean && double.IsFinite(mean) ? [.. strengths.Select(strength => strength / mean)] : strengths;

    private static double[] Squares(ReaderSite site, Dictionary<Width, double[]> strengths)
    {
        var squares = Enumerable.Repeat(1.0, site.Features).ToArray();
        foreach (var width in site.Columns.Leaves().Distinct().Where(strengths.ContainsKey))
        {
            var channels = ChannelMap.Along(site.Columns, width);
            for (var feature = 0; feature < squares.Length; feature++)
                if (channels[feature / site.Kernel] is >= 0 and var channel) squares[feature] = strengths[width][channel];
        }

        return squares;
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Benchmarks;

/// <summary>What time-unaware pruners go by: the mean magnitude of the weights that make a channel, as a multiple of its group's mean.</summary>
internal sealed class MagnitudeOrder
{
    private readonly Dictionary<WidthGroup, double[]> _magnitudes;

    internal MagnitudeOrder(WidthGroups groups, IEnumerable<WidthGroup> prunable) =>
        _magnitudes = prunable.ToDictionary(group => group, group => Magnitudes(group, groups));

    /// <summary>Every group keeps the same share of its channels, rounded to the nearest multiple.</summary>
    internal WidthChange Uniform(double share, int multiple) => Change(group => (int)Math.Round(share * group.Size), multiple);

    /// <summary>The share of all channels with the largest magnitudes is kept, wherever they are.</summary>
    internal WidthChange Global(double share, int multiple)
    {
        var all = _magnitudes.Values.SelectMany(values => values).Order().ToList();
        var threshold = all[Math.Min(all.Count - 1, (int)Math.Round((1 - share) * all.Count))];
        return Change(group => _magnitudes[group].Count(value => value >= threshold), multiple);
    }

    /// <summary>The group's channels of largest magnitude.</summary>
    internal WidthChange Change(Func<WidthGroup, int> sizes, int multiple)
    {
        var change = new WidthChange();
        foreach (var (group, magnitudes) in _magnitudes)
        {
            var size = Rounded(sizes(group), multiple, (int)group.Size);
            if (size < group.Size)
                change.Take(group, [.. Enumerable.Range(0, magnitudes.Length).OrderByDescending(channel => magnitudes[channel]).Take(size).Order()]);
        }

        return change;
    }

    /// <summary>A size rounded to the nearest multiple, at least one of them and not beyond the original.</summary>
    internal static int Rounded(long size, int multiple, int most) =>
        (int)Math.Min(most, Math.Max(Math.Min(multiple, most), (size + multiple / 2) / multiple * multiple));

    private static double[] Magnitudes(WidthGroup group, WidthGroups groups)
    {
        var sums = new double[group.Size];
        foreach (var site in ReaderSites.Of(groups))
        {
            var channels = ChannelMap.Along(site.Rows, group.Width!);
            if (!channels.Any(channel => channel >= 0)) continue;

            var weights = SiteWeights.Read(site, groups.Graph.Constant(site.Source.Input[site.WeightInput])!);
            for (var row = 0; row < weights.Rows; row++)
                if (channels[row] >= 0) sums[channels[row]] += weights.Row(row).ToArray().Average(Math.Abs);
        }

        var mean = Math.Max(sums.Average(), double.Epsilon);
        return [.. sums.Select(sum => sum / mean)];
    }
}

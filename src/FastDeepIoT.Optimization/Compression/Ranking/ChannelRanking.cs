using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>The order in which the channels of a group are best removed, and what is lost on the way.</summary>
/// <param name="Group">The group.</param>
/// <param name="Order">Channels, the most dispensable first.</param>
/// <param name="Losses">
/// Losses[n]: the share of its variance that the outputs of the group's readers lose together when the first n channels are gone and the
/// readers are repaired.
/// </param>
internal sealed record ChannelRanking(WidthGroup Group, IReadOnlyList<int> Order, IReadOnlyList<double> Losses)
{
    /// <summary>The channels that stay when so many may, ascending.</summary>
    internal IReadOnlyList<int> Kept(long size) => [.. Order.Skip((int)(Group.Size - size)).Order()];

    /// <summary>Ranks a group by what its readers lose; null when nothing that reads it can be repaired.</summary>
    internal static ChannelRanking? Of(WidthGroup group, IReadOnlyList<SiteRecord> records)
    {
        var sites = records.Where(record => record.Moments is not null && ChannelMap.Along(record.Site.Columns, group.Width!).Any(channel => channel >= 0))
            .Select(record => new SiteElimination(record, group.Width!)).ToList();
        if (sites.Count == 0) return null;

        var left = Enumerable.Range(0, (int)group.Size).ToList();
        var (order, losses, loss) = (new List<int>(), new List<double> { 0 }, 0.0);
        while (left.Count > 1)
        {
            var (cost, channel) = left.Min(channel => (sites.Sum(site => site.CostOf(channel)), channel));
            foreach (var site in sites) site.Remove(channel);
            left.Remove(channel);
            order.Add(channel);
            losses.Add(loss += cost);
        }

        return new ChannelRanking(group, [.. order, left[0]], losses);
    }
}

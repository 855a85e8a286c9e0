using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a width with channels that add nothing, as training with weight decay or a mask leaves them: their weights and bias are zero, or
/// no later weight reads them.
/// After: the width without them.
/// Conditions: the group is open, and wherever the channel is summed, either it is exactly zero or its weights are.
/// Why equal: only zeros leave the sums.
/// Why faster: less work; what the smaller width costs in alignment, padding gives back (<see cref="PadWidths"/>).
/// </summary>
public static class RemoveIdleChannels
{
    // A single channel is no width any more, but an axis of one element.
    private const int Fewest = 2;

    /// <summary>The channels to remove, by group; every group keeps at least two channels.</summary>
    public static IReadOnlyDictionary<WidthGroup, IReadOnlyList<int>> Find(WidthGroups groups)
    {
        var idle = new Dictionary<WidthGroup, IReadOnlyList<int>>();
        foreach (var group in groups.Open)
            if (groups.IdleChannelsOf(group) is var channels && Math.Min(channels.Count, (int)group.Size - Fewest) is > 0 and var count)
                idle[group] = channels.TakeLast(count).ToList();
        return idle;
    }

    /// <summary>A copy of the model without those channels.</summary>
    /// <param name="model">The model the groups were found in; not changed.</param>
    /// <param name="groups">Its width groups.</param>
    /// <param name="channels">What <see cref="Find"/> found, or a part of it.</param>
    public static ModelProto Apply(ModelProto model, WidthGroups groups, IReadOnlyDictionary<WidthGroup, IReadOnlyList<int>> channels)
    {
        var change = new WidthChange();
        foreach (var (group, idle) in channels) change.Take(group, Enumerable.Range(0, (int)group.Size).Except(idle).ToList());
        return WidthRewriter.Apply(model, groups, change);
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>A model without the channels that are not needed: those that add nothing, and those that others can stand in for.</summary>
/// <param name="Model">The model without them; the original itself when there are none.</param>
/// <param name="Groups">Its width groups: the same as the original's, in the same order, at smaller sizes.</param>
/// <param name="Removed">What was removed, by group of the original.</param>
internal sealed record SlimModel(ModelProto Model, WidthGroups Groups, IReadOnlyDictionary<WidthGroup, RemovedChannels> Removed)
{
    /// <summary>Removes what is not needed.</summary>
    internal static SlimModel Of(ModelProto model, WidthGroups groups, string? file)
    {
        var folded = FoldChannels.Find(groups);
        var (unread, unreadGroups) = folded.Count == 0 ? (model, groups) : With(FoldChannels.Apply(model, groups, folded), file);
        var idle = RemoveIdleChannels.Find(unreadGroups);
        if (idle.Count == 0) return new SlimModel(model, groups, new Dictionary<WidthGroup, RemovedChannels>());

        var (slim, slimGroups) = With(RemoveIdleChannels.Apply(unread, unreadGroups, idle), file);
        var removed = groups.All.Zip(unreadGroups.All).Where(pair => idle.ContainsKey(pair.Second))
            .ToDictionary(pair => pair.First, pair => Count(idle[pair.Second], folded.GetValueOrDefault(pair.First, [])));
        return new SlimModel(slim, slimGroups, removed);
    }

    private static (ModelProto Model, WidthGroups Groups) With(ModelProto model, string? file) => (model, WidthGroups.Of(model, file));

    private static RemovedChannels Count(IReadOnlyList<int> removed, IReadOnlyList<FoldedChannel> folded)
    {
        var (constant, equal) = (folded.Count(channel => removed.Contains(channel.Channel) && channel.IsConstant), folded.Count(channel => removed.Contains(channel.Channel) && !channel.IsConstant));
        return new RemovedChannels(removed.Count - constant - equal, constant, equal);
    }
}

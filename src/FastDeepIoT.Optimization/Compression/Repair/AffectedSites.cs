using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>Which sites see something else than before: those that lose channels, and all that compute with what these give.</summary>
internal sealed class AffectedSites
{
    private readonly HashSet<int> _nodes = [];
    private readonly WidthChange _change;

    internal AffectedSites(WidthGroups groups, WidthChange change)
    {
        _change = change;
        var tensors = new HashSet<string>();
        var losing = ReaderSites.Of(groups).Where(site => !site.Depthwise && change.Touches(site.Columns)).Select(site => site.Node).ToHashSet();
        for (var index = 0; index < groups.Graph.Graph.Node.Count; index++)
        {
            var node = groups.Graph.Graph.Node[index];
            if (!losing.Contains(index) && !node.Input.Any(tensors.Contains)) continue;

            _nodes.Add(index);
            tensors.UnionWith(node.Output);
        }
    }

    /// <summary>Those among the sites recorded.</summary>
    internal IEnumerable<SiteRecord> Among(IEnumerable<SiteRecord> records) => records.Where(record => _nodes.Contains(record.Site.Node));
}

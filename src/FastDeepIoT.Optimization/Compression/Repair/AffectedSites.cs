using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>Which sites see something else than before: those that lose channels or read another tensor, and all that compute with what these give.</summary>
internal sealed class AffectedSites
{
    private readonly HashSet<int> _nodes = [];

    private AffectedSites(WidthGroups groups, ISet<int> first, bool nearest)
    {
        var tensors = new HashSet<string>();
        var sites = nearest ? ReaderSites.Of(groups).Select(site => site.Node).ToHashSet() : [];
        for (var index = 0; index < groups.Graph.Graph.Node.Count; index++)
        {
            var node = groups.Graph.Graph.Node[index];
            if (!first.Contains(index) && !node.Input.Any(tensors.Contains)) continue;

            _nodes.Add(index);
            if (!sites.Contains(index)) tensors.UnionWith(node.Output);
        }
    }

    /// <summary>The sites affected by a change of widths.</summary>
    internal static AffectedSites By(WidthGroups groups, WidthChange change) =>
        new(groups, ReaderSites.Of(groups).Where(site => !site.Depthwise && change.Touches(site.Columns)).Select(site => site.Node).ToHashSet(), nearest: false);

    /// <summary>The sites affected by nodes that read another tensor now.</summary>
    /// <param name="groups">The width groups of the model.</param>
    /// <param name="rewired">These nodes, by their first output.</param>
    /// <param name="nearest">Only the first sites on every way, as if their repair were perfect.</param>
    internal static AffectedSites By(WidthGroups groups, IReadOnlySet<string> rewired, bool nearest) =>
        new(groups, groups.Graph.Graph.Node.Select((node, index) => (node, index)).Where(pair => rewired.Contains(RemoveSegments.KeyOf(pair.node))).Select(pair => pair.index).ToHashSet(), nearest);

    /// <summary>Those among the sites recorded.</summary>
    internal IEnumerable<SiteRecord> Among(IEnumerable<SiteRecord> records) => records.Where(record => Contains(record.Site));

    /// <summary>Whether a site is among them.</summary>
    internal bool Contains(ReaderSite site) => _nodes.Contains(site.Node);
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: stretches of a network whose start and end have the same shape.
/// After: their readers read the start of each; what nobody reads any more is gone.
/// Why not equal: the layers are missing. The readers are repaired to make up for them.
/// </summary>
/// <param name="Model">The model without the stretches.</param>
/// <param name="Rewired">The nodes that read something else now, by their first output.</param>
/// <param name="Nodes">The names of the nodes that are gone, in running order.</param>
internal sealed record RemoveSegments(ModelProto Model, IReadOnlySet<string> Rewired, IReadOnlyList<string> Nodes)
{
    internal static RemoveSegments Apply(ModelProto model, IReadOnlyList<Segment> segments)
    {
        var copy = model.Clone();
        var startOf = segments.ToDictionary(segment => segment.End, segment => segment.Start);
        var rewired = new HashSet<string>();
        foreach (var node in copy.Graph.Node)
            for (var input = 0; input < node.Input.Count; input++)
                if (startOf.TryGetValue(node.Input[input], out var start))
                {
                    while (startOf.TryGetValue(start, out var earlier)) start = earlier;
                    node.Input[input] = start;
                    rewired.Add(KeyOf(node));
                }

        var gone = UnusedParts.Remove(copy);
        rewired.ExceptWith(gone.Select(KeyOf));
        return new RemoveSegments(copy, rewired, [.. gone.Where(node => node.OpType != "Constant").Select(node => node.Name.Length > 0 ? node.Name : KeyOf(node))]);
    }

    /// <summary>The model, repaired to give what it gave with the stretches.</summary>
    /// <param name="targets">What its sites should give.</param>
    /// <param name="context">What it is studied with.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal ModelProto Repaired(IReadOnlyList<SiteRecord> targets, StudyContext context, CancellationToken cancellation)
    {
        var groups = WidthGroups.Of(Model, context.File, subgraphs: false);
        var affected = AffectedSites.By(groups, Rewired, nearest: false);
        return new NetworkRepair(Model, groups, RecordTargets.For(groups, affected, targets), context.Samples, context.Product).Repaired(affected, DenseFit.Rounds, null, cancellation);
    }

    /// <summary>As the other, fast, for a first guess: only the first sites on every way are repaired, and once.</summary>
    /// <param name="targets">What its sites should give.</param>
    /// <param name="context">What it is studied with.</param>
    /// <param name="samples">The samples of the targets.</param>
    /// <param name="whole">These samples in the network with the stretches.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal ModelProto RepairedNearby(IReadOnlyList<SiteRecord> targets, StudyContext context, CalibrationSamples samples, PrefixCache whole, CancellationToken cancellation)
    {
        var groups = WidthGroups.Of(Model, context.File, subgraphs: false);
        var affected = AffectedSites.By(groups, Rewired, nearest: true);
        return new NetworkRepair(Model, groups, RecordTargets.For(groups, affected, targets), samples, context.Product).Repaired(affected, 0, whole, cancellation);
    }

    internal static string KeyOf(NodeProto node) => node.Output.FirstOrDefault(name => name.Length > 0) ?? "";
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>A width whose channels are only summed with constant weights, added and moved: any other basis of them would do as well.</summary>
/// <param name="Group">The group.</param>
/// <param name="Writers">The sites whose outputs it is.</param>
/// <param name="Readers">The sites that sum over it.</param>
internal sealed record LinearWidth(WidthGroup Group, IReadOnlyList<ReaderSite> Writers, IReadOnlyList<ReaderSite> Readers)
{
    /// <summary>The linear widths of a model.</summary>
    internal static IReadOnlyList<LinearWidth> Of(WidthGroups groups)
    {
        var sites = ReaderSites.Of(groups).ToLookup(site => site.Node);
        return [.. groups.Open.Select(group => Of(group, groups, sites)).OfType<LinearWidth>()];
    }

    private static LinearWidth? Of(WidthGroup group, WidthGroups groups, ILookup<int, ReaderSite> sites)
    {
        var (width, writers, readers) = (group.Width!, new List<ReaderSite>(), new List<ReaderSite>());
        for (var index = 0; index < groups.Graph.Graph.Node.Count; index++)
        {
            var node = groups.Graph.Graph.Node[index];
            if (!node.Input.Concat(node.Output).Any(name => Carries(groups, name, width))) continue;
            if (node.Output.Where(name => name.Length > 0).Any(name => !IsPlain(groups, name, width))) return null;
            if (Moves(groups, node)) continue;

            var own = sites[index].ToList();
            if (own.Count == 0 || own.Any(site => site.Depthwise || !IsPlain(site.Rows, width) || !IsPlain(site.Columns, width))) return null;

            writers.AddRange(own.Where(site => site.Rows == width));
            readers.AddRange(own.Where(site => site.Columns == width));
        }

        return writers.Count > 0 && readers.Count > 0 && !writers.Concat(readers).Any(site => site.Kind == FeatureKind.States) ? new LinearWidth(group, writers, readers) : null;
    }

    // Operators that treat all channels alike and keep sums of them sums.
    private static bool Moves(WidthGroups groups, NodeProto node) => node.OpType switch
    {
        "Identity" or "Transpose" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "GlobalAveragePool" or "AveragePool" => true,
        "Add" or "Sum" or "Sub" => node.Input.All(name => groups.Graph.Constant(name) is null) && node.Input.Select(name => Print(groups, name)).Distinct().Count() == 1,
        _ => false,
    };

    private static string Print(WidthGroups groups, string name) => string.Join(',', groups.AxesOf(name) ?? []);

    private static bool Carries(WidthGroups groups, string name, Width width) => name.Length > 0 && groups.AxesOf(name) is { } axes && axes.Any(axis => axis.Leaves().Contains(width));

    // One axis at most has the width, and nothing else.
    private static bool IsPlain(WidthGroups groups, string name, Width width) =>
        groups.AxesOf(name) is not { } axes || (axes.All(axis => IsPlain(axis, width)) && axes.Count(axis => axis == width) <= 1);

    private static bool IsPlain(Extent axis, Width width) => axis == width || !axis.Leaves().Contains(width);
}

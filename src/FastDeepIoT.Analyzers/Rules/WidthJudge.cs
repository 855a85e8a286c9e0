using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Asks device models about widths. All numbers come from them.</summary>
internal sealed class WidthJudge(IReadOnlyList<CliffFinder> devices, CliffOptions options, KnownCliffs known)
{
    // A change that is no improvement for all coupled layers together is no advice.
    private const double NoSlower = 1 / 1.01;
    private static readonly Activation[] _both = [Activation.None, Activation.Clamp];

    /// <summary>What the devices say about a width, the worst first; empty when it is fine or nothing is known.</summary>
    internal IReadOnlyList<Verdict> Judge(WidthNode node)
    {
        var verdicts = from pair in devices.Zip(known.GetOrAdd(KeyOf(node), () => Find(node)), (device, cliff) => (device, cliff))
                       let device = pair.device
                       let cliff = pair.cliff
                       where cliff is not null
                       let verdict = Checked(device, cliff, node)
                       where verdict is not null
                       orderby verdict.Cliff.Wider?.Median.Expected ?? 0 descending
                       select verdict;
        return verdicts.ToList();
    }

    /// <summary>
    /// How much faster all coupled layers become on every device when a width changes; null for a device that does not know.
    /// </summary>
    internal IEnumerable<(DeviceModel Device, WidthComparison? Change)> EffectOf(WidthNode node, long width) =>
        devices.Select(device => (device.Device, CompareGroup(device, node, width)));

    private IReadOnlyList<Cliff?> Find(WidthNode node)
    {
        var situations = SituationsOf(node);
        return [.. devices.Select(device => device.Find(node.Width, situations, options, UnitOf(node)))];
    }

    private static long UnitOf(WidthNode node) =>
        Integers.CommonMultiple(node.Layer.Shape.UnitOf(node.Role), node.Group.Unit * node.Factor);

    // All that a cliff of a layer by itself depends on.
    private string KeyOf(WidthNode node)
    {
        var together = node.Layer.Nodes.Where(other => other.Group == node.Group).Select(other => $"{other.Role}*{other.Factor}");
        var sizes = node.Layer.Sizes is { } known && known != Situations.Spread ? string.Join(" ", DistinctSizes(node).Select(size => string.Join("x", size))) : "";
        return $"{node.Layer.Shape.Key}|{node.Role}*{node.Factor}|{string.Join(",", together)}|{UnitOf(node)}|{sizes}|{options.Threshold:R}";
    }

    private static IEnumerable<IReadOnlyList<long>> DistinctSizes(WidthNode node) =>
        (node.Layer.Sizes ?? Situations.Spread).OfType<IReadOnlyList<long>>().Distinct(SizeComparer.Instance);

    private static Verdict? Checked(CliffFinder device, Cliff cliff, WidthNode node)
    {
        var wider = HelpingGroup(device, node, cliff.Wider, 1);
        var free = node.Group.Places is null ? null : HelpingGroup(device, node, cliff.Free, NoSlower);
        return wider is null && free is null
            ? null
            : new Verdict(device.Device, new Cliff(node.Width, wider, HelpingGroup(device, node, cliff.Narrower, 1), free));
    }

    private static WidthComparison? HelpingGroup(CliffFinder device, WidthNode node, WidthComparison? change, double least) =>
        change is null || (node.Group.Nodes.Count > 1 && CompareGroup(device, node, change.Width)?.Median.Expected < least)
            ? null
            : change;

    private static WidthComparison? CompareGroup(CliffFinder device, WidthNode node, long width) =>
        width % node.Factor == 0
            ? device.Compare(node.Group.Width, width / node.Factor, GroupSituations(node.Group))
            : null;

    // The layer alone, all of its widths in the group changed in proportion.
    private static IReadOnlyList<LayersOfWidth> SituationsOf(WidthNode node) =>
    [
        .. from size in DistinctSizes(node)
           from activation in _both
           select (LayersOfWidth)(width => ShapeAt(node.Layer, node.Group, width / node.Factor).Layers(size, activation)),
    ];

    private static IReadOnlyList<LayersOfWidth> GroupSituations(WidthGroup coupled)
    {
        var layers = coupled.Nodes.Select(node => node.Layer).Distinct().ToList();
        return
        [
            .. from i in Enumerable.Range(0, Situations.Spread.Count)
               from activation in _both
               select (LayersOfWidth)(width => Together(layers, coupled, width, i, activation)),
        ];
    }

    private static IReadOnlyList<Layer> Together(
        List<ConstructedLayer> layers, WidthGroup group, long width, int situation, Activation activation)
    {
        var all = new List<Layer>();
        foreach (var layer in layers)
        {
            var size = (layer.Sizes ?? Situations.Spread)[situation];
            var made = size is null ? [] : ShapeAt(layer, group, width).Layers(size, activation);
            if (made.Count == 0) return [];
            all.AddRange(made);
        }

        return all;
    }

    private static LayerShape ShapeAt(ConstructedLayer layer, WidthGroup group, long width)
    {
        var shape = layer.Shape;
        foreach (var node in layer.Nodes)
            if (node.Group == group) shape = shape.With(node.Role, width * node.Factor);
        return shape;
    }
}

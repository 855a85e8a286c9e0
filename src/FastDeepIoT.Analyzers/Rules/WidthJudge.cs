using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Asks device models about widths. All numbers come from them.</summary>
internal sealed class WidthJudge(IReadOnlyList<DeviceCliffs> devices, CliffOptions options)
{
    // A change that is no improvement for all coupled layers together is no advice.
    private const double NoSlower = 1 / 1.01;

    // Every width of a group asks the same about the group.
    private readonly Dictionary<(WidthGroup Group, DeviceCliffs Device, long Width), WidthComparison?> _compared = [];

    private readonly Dictionary<WidthGroup, GroupLayers> _layers = [];

    /// <summary>What the devices say about a width, the worst first; empty when it is fine or nothing is known.</summary>
    internal IReadOnlyList<Verdict> Judge(WidthNode node)
    {
        var question = KeyOf(node);
        List<Verdict> verdicts = [];
        foreach (var device in devices)
            if (device.CliffOf(question, finder => Find(finder, node)) is { } cliff && Checked(device, cliff, node) is { } verdict) verdicts.Add(verdict);
        return verdicts.Count < 2 ? verdicts : [.. verdicts.OrderByDescending(verdict => verdict.Cliff.Wider?.Median.Expected ?? 0)];
    }

    /// <summary>
    /// How much faster all coupled layers become on every device when a width changes; null for a device that does not know.
    /// </summary>
    internal IEnumerable<(DeviceModel Device, WidthComparison? Change)> EffectOf(WidthNode node, long width) =>
        devices.Select(device => (device.Device, CompareGroup(device, node, width)));

    private Cliff? Find(CliffFinder device, WidthNode node) => device.Find(node.Width, SituationsOf(node), options, UnitOf(node));

    private static long UnitOf(WidthNode node) =>
        Integers.CommonMultiple(node.Layer.Shape.UnitOf(node.Role), node.Group.Unit * node.Factor);

    // All that a cliff of a layer by itself depends on.
    private string KeyOf(WidthNode node) =>
        $"{node.Role}*{node.Factor}|{UnitOf(node)}|{options.Threshold:R}|{KeyOf(node.Layer, node.Layer.Nodes.Where(other => other.Group == node.Group))}";

    // All that the times of a layer at the widths of a group depend on.
    private static string KeyOf(ConstructedLayer layer, IEnumerable<WidthNode> together)
    {
        var sizes = layer.Sizes is { } sized && sized != Situations.Spread
            ? string.Join(" ", sized.Select(size => size is null ? "-" : string.Join("x", size)))
            : "";
        return $"{layer.Key}|{string.Join(",", together.Select(node => $"{node.Role}*{node.Factor}"))}|{sizes}";
    }

    /// <summary>The input sizes considered.</summary>
    internal static IEnumerable<IReadOnlyList<long>> DistinctSizes(WidthNode node) =>
        (node.Layer.Sizes ?? Situations.Spread).OfType<IReadOnlyList<long>>().Distinct(SizeComparer.Instance);

    private Verdict? Checked(DeviceCliffs device, Cliff cliff, WidthNode node)
    {
        var wider = HelpingGroup(device, node, cliff.Wider, 1);
        var free = node.Group.Places is null ? null : HelpingGroup(device, node, cliff.Free, NoSlower);
        return wider is null && free is null
            ? null
            : new Verdict(device.Device, new Cliff(node.Width, wider, HelpingGroup(device, node, cliff.Narrower, 1), free));
    }

    private WidthComparison? HelpingGroup(DeviceCliffs device, WidthNode node, WidthComparison? change, double least) =>
        change is null || (node.Group.Nodes.Count > 1 && CompareGroup(device, node, change.Width)?.Median.Expected < least)
            ? null
            : change;

    private WidthComparison? CompareGroup(DeviceCliffs device, WidthNode node, long width)
    {
        if (width % node.Factor != 0) return null;

        var question = (node.Group, device, width / node.Factor);
        if (_compared.TryGetValue(question, out var known)) return known;

        if (!_layers.TryGetValue(node.Group, out var layers)) _layers.Add(node.Group, layers = LayersOf(node.Group));
        return _compared[question] = device.ComparisonOf(
            $"{node.Group.Width}:{width / node.Factor}|{layers.Key}",
            finder => finder.Compare(node.Group.Width, width / node.Factor, GroupSituations(node.Group, layers.Alike)));
    }

    // The layer alone, all of its widths in the group changed in proportion; like most, it ends in an activation.
    private static IReadOnlyList<LayersOfWidth> SituationsOf(WidthNode node) =>
        [.. DistinctSizes(node).Select(size => (LayersOfWidth)(width => ShapeAt(node.Layer, node.Group, width / node.Factor).Layers(size, Activation.Rectify)))];

    private static GroupLayers LayersOf(WidthGroup coupled)
    {
        var alike = coupled.Nodes.GroupBy(node => node.Layer)
            .GroupBy(nodes => KeyOf(nodes.Key, nodes), (key, layers) => new LikeLayers(key, layers.First().Key, layers.Count())).ToList();
        return new GroupLayers(string.Join("|", alike.Select(layers => $"{layers.Count}*{layers.Key}")), alike);
    }

    private static IReadOnlyList<LayersOfWidth> GroupSituations(WidthGroup coupled, List<LikeLayers> alike) =>
        [.. Enumerable.Range(0, Situations.Spread.Count).Select(situation => (LayersOfWidth)(width => Together(alike, coupled, width, situation)))];

    // Layers that are alike are made once, so that they are predicted once.
    private static IReadOnlyList<Layer> Together(
        List<LikeLayers> alike, WidthGroup group, long width, int situation)
    {
        var all = new List<Layer>();
        foreach (var (_, layer, count) in alike)
        {
            if ((layer.Sizes ?? Situations.Spread)[situation] is not { } size) return [];

            var made = ShapeAt(layer, group, width).Layers(size, Activation.Rectify);
            if (made.Count == 0) return [];
            for (var i = 0; i < count; i++) all.AddRange(made);
        }

        return all;
    }

    /// <summary>The layer with another width of its group, and all that belongs to the group in proportion.</summary>
    internal static LayerShape ShapeAt(ConstructedLayer layer, WidthGroup group, long width)
    {
        var shape = layer.Shape;
        foreach (var node in layer.Nodes)
            if (node.Group == group) shape = shape.With(node.Role, width * node.Factor);
        return shape;
    }

    // All that the times of a group depend on, and its layers.
    private sealed record GroupLayers(string Key, List<LikeLayers> Alike);

    // Layers of a group of which every width in it changes them in the same way.
    private sealed record LikeLayers(string Key, ConstructedLayer Layer, int Count);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// The load of a network of which only some layers are known: one such as the device model was learned from, or as large as those
/// layers. What a layer finds in a cache depends on it.
/// </summary>
internal static class TypicalNetwork
{
    /// <summary>The middle of the loads seen.</summary>
    internal static NetworkLoad Of(DeviceModel device) => new(Middle(device, LayerFamily.NetworkSize), Middle(device, LayerFamily.NetworkWork));

    private static double Middle(DeviceModel device, string feature)
    {
        var sizes = device.Kinds.Values.SelectMany(kind => Middles(kind, feature)).OrderBy(size => size).ToList();
        return sizes.Count == 0 ? 0 : sizes[sizes.Count / 2];
    }

    private static IEnumerable<double> Middles(KindModel kind, string feature)
    {
        var index = kind.Family.IndexOf(feature);
        return new[] { kind.Plain, kind.Internal }.OfType<Tree<Regression>>().SelectMany(tree => tree.Leaves())
            .Where(leaf => !double.IsInfinity(leaf.Leaf.Maximum[index]))
            .Select(leaf => Math.Sqrt(Math.Max(1, leaf.Leaf.Minimum[index]) * leaf.Leaf.Maximum[index]));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// The size of a network of which only some layers are known: one such as the device model was learned from, or as large as those
/// layers. What a layer finds in a cache depends on it.
/// </summary>
internal static class TypicalNetwork
{
    /// <summary>The middle of the sizes seen, in bytes of weights that one run reads.</summary>
    internal static double BytesOf(DeviceModel device)
    {
        var sizes = device.Kinds.Values.SelectMany(SizesOf).OrderBy(size => size).ToList();
        return sizes.Count == 0 ? 0 : sizes[sizes.Count / 2];
    }

    private static IEnumerable<double> SizesOf(KindModel kind)
    {
        var index = kind.Family.IndexOf(LayerFamily.NetworkSize);
        if (index < 0) return [];

        return new[] { kind.Plain, kind.Internal }.OfType<Tree<Regression>>()
            .SelectMany(tree => tree.Leaves())
            .Select(leaf => Math.Sqrt(Math.Max(1, leaf.Leaf.Minimum[index]) * leaf.Leaf.Maximum[index]));
    }
}

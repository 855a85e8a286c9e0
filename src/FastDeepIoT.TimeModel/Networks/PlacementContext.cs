using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// What a placement tree may ask about a layer's neighbours, beside the layer's own features. The <em>host</em> of a layer is the
/// layer before it that could do its work too: a convolution without an activation that nobody else reads, or else the last layer read.
/// </summary>
public static class PlacementContext
{
    /// <summary>Names of the context features, appended to the family's descriptors.</summary>
    public static IReadOnlyList<string> Features { get; } =
        ["internalInputs", "computedInputs", "sameShapeInputs", "hostInternal", "hostConvolution", "hostActivation", "hostReaders", "hostAbsorbs", "hosts",
         "axes", "channelsLast"];

    // Their places among the features.
    internal const int InternalInputs = 0, ComputedInputs = 1, SameShapeInputs = 2, HostInternal = 3, HostConvolution = 4, HostActivation = 5, HostReaders = 6,
        HostAbsorbs = 7, Hosts = 8, Axes = 9, ChannelsLast = 10;

    /// <summary>The names of all features a placement tree of this family may ask about.</summary>
    public static IReadOnlyList<string> FeaturesOf(LayerFamily family) => [.. family.Descriptors, .. Features];

    /// <summary>The position of a feature among <see cref="FeaturesOf"/>, or -1.</summary>
    public static int IndexOf(LayerFamily family, string feature) => FeaturesOf(family).ToList().IndexOf(feature);
}

using System;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>The work of changing a tensor between the plain and the runtime's internal layout, as a layer of its own.</summary>
public static class LayoutChange
{
    /// <summary>The kind of a change into the internal layout.</summary>
    public const string ToInternal = "LayoutChangeIn";

    /// <summary>The kind of a change back into the plain layout.</summary>
    public const string ToPlain = "LayoutChangeOut";

    /// <summary>The layer that changes a tensor.</summary>
    public static Layer Of(NetworkTensor tensor, bool toInternal)
    {
        var shape = tensor.Shape;
        var elements = shape.Aggregate(1.0, (product, size) => product * size);
        var (outer, channels) = (shape.Count > 0 ? shape[0] : 1, shape.Count > 1 ? shape[1] : 1);
        return Layers.Elements(toInternal ? ToInternal : ToPlain, new ElementsShape
        {
            InputElements = elements,
            OutputElements = elements,
            Channels = channels,
            ChannelsDivisor = channels,
            Axis = channels,
            Inner = channels == 0 ? 0 : elements / Math.Max(1, outer) / channels,
            Outer = outer,
            Width = shape.Count > 0 ? shape[shape.Count - 1] : 1,
        });
    }
}

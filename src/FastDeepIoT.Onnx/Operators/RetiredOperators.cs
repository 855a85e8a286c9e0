using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using static FastDeepIoT.Onnx.Format.AttributeProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Experimental operators of the first ONNX releases, as converters wrote them into image networks: the runtime still runs them, but infers no shape
/// behind them. No probe holds any, so they count as what they are made of.
/// </summary>
internal static class RetiredOperators
{
    /// <summary>A factor, and a number added to each channel: ImageScaler and Affine.</summary>
    internal static Layer? Scale(NodeView view) => view.Output(0) is { } output && view.Input(0) is { } input
        ? ElementLayers.Make(view, [input], output, shape => shape with { Inner = output.Elements(), Axis = 1 }, "Mul")
        : null;

    /// <summary>What is left of an image without its border: Crop.</summary>
    internal static Layer? Crop(NodeView view) => MovementLayers.Rows(view, "Slice");

    /// <summary>A node that gives the shape it takes.</summary>
    internal static NodeProto SameShape(NodeProto node) => new() { Name = node.Name, OpType = "Identity", Input = { node.Input.Take(1) }, Output = { node.Output } };

    /// <summary>The slice that a Crop is: <c>border</c> is left, top, right, bottom; <c>scale</c>, where it is given, height and width of what is left.</summary>
    internal static NodeProto Slice(NodeProto node)
    {
        if (node.IntegersOf("border") is not [var left, var top, var right, var bottom]) return node;

        var ends = node.IntegersOf("scale") is [var height, var width] ? (Bottom: top + height, Right: left + width) : (Bottom: End(bottom), Right: End(right));
        return new NodeProto
        {
            Name = node.Name,
            OpType = "Slice",
            Input = { node.Input.Take(1) },
            Output = { node.Output },
            Attribute = { Integers("axes", 2, 3), Integers("starts", top, left), Integers("ends", ends.Bottom, ends.Right) },
        };
    }

    private static long End(long border) => border > 0 ? -border : int.MaxValue;

    private static AttributeProto Integers(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A width of a layer that a designer can choose, and the layer at any other choice.</summary>
/// <param name="Feature">The feature that counts it.</param>
/// <param name="IsOutput">Whether it is the width of what the layer writes, or of what it reads.</param>
/// <param name="Value">The width as it is.</param>
/// <param name="Unit">Only multiples of this are possible.</param>
/// <param name="At">The layer at a width.</param>
internal sealed record LayerWidth(string Feature, bool IsOutput, long Value, long Unit, LayersOfWidth At)
{
    /// <summary>The widths of a layer; none for layers that take theirs from their inputs.</summary>
    internal static IEnumerable<LayerWidth> Of(Layer layer) =>
        layer.Family == LayerFamily.Convolution ? OfConvolution(layer)
        : layer.Family == LayerFamily.Matrix ? [Make(layer, "columns", true, 1, "columns"), Make(layer, "inner", false, 1, "inner")]
        : layer.Family == LayerFamily.Recurrent ? [Make(layer, "hidden", true, 1, "hidden")]
        : [];

    private static IEnumerable<LayerWidth> OfConvolution(Layer layer)
    {
        var groups = (long)layer["groups"];
        if (groups == 1) return BothSides(layer, unit: 1);

        // Every channel of its own: inputs, outputs and groups are one width.
        if (layer["groupInputs"] == 1 && layer["groupOutputs"] == 1)
            return [Make(layer, "outputChannels", true, 1, "outputChannels", "inputChannels", "groups")];
        return BothSides(layer, unit: groups);
    }

    private static LayerWidth[] BothSides(Layer layer, long unit) =>
    [
        Make(layer, "outputChannels", true, unit, "outputChannels", "groupOutputs"),
        Make(layer, "inputChannels", false, unit, "inputChannels", "groupInputs"),
    ];

    // Features that follow a width do so in proportion.
    private static LayerWidth Make(Layer layer, string feature, bool isOutput, long unit, params string[] following)
    {
        var value = layer[feature];
        return new LayerWidth(feature, isOutput, (long)value, unit, width =>
        {
            var features = layer.Values.Take(layer.Family.Features.Count).ToArray();
            foreach (var name in following) features[layer.Family.IndexOf(name)] *= width / value;
            return [Layers.FromFeatures(layer.Kind, layer.Family, features)];
        });
    }
}

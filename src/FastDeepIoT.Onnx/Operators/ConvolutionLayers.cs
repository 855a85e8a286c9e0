using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Layers of Conv and ConvTranspose (and of their forms with a fused activation).</summary>
internal static class ConvolutionLayers
{
    // Input and output: [batch, channels, spatial...]; weights: [outputs, inputs / groups, kernel...] or, transposed,
    // [inputs, outputs / groups, kernel...].
    internal static Layer? Describe(NodeView view, bool transposed)
    {
        if (view.Input(0) is not { Count: > 2 } input || view.Output(0) is not { Count: > 2 } output || view.Input(1) is not { Count: > 2 } weights)
            return null;
        if (output.Count != input.Count || weights.Count != input.Count) return null;

        var node = view.Node;
        return Layers.Convolution(new ConvolutionShape
        {
            Batch = input[0],
            InputChannels = input[1],
            OutputChannels = output[1],
            Groups = Math.Max(1, node.IntegerOf("group", 1)),
            InputSize = input.Skip(2).ToList(),
            OutputSize = output.Skip(2).ToList(),
            Kernel = weights.Skip(2).ToList(),
            Strides = node.IntegersOf("strides"),
            Dilations = node.IntegersOf("dilations"),
            Activation = Activations.Of(node.TextOf("activation", "")),
            Transposed = transposed,
        });
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>Makes layers from shapes: the one place that turns a shape into a kind and its features.</summary>
public static class Layers
{
    private static readonly double[] NoMemory = new double[LayerFamily.Surroundings.Count];
    private static readonly int PlainInput = LayerFamily.Convolution.IndexOf("plainInput");

    /// <summary>A convolution. Its kind tells dense, grouped, depthwise or transposed, and the number of spatial axes.</summary>
    public static Layer Convolution(ConvolutionShape shape)
    {
        var rank = shape.Kernel.Count;
        var depthwise = shape.Groups > 1 && shape.Groups == shape.InputChannels && shape.OutputChannels % shape.Groups == 0;
        var form = shape.Transposed ? "Transposed" : shape.Groups == 1 ? "" : depthwise ? "Depthwise" : "Grouped";
        var outputPositions = Product(shape.OutputSize);
        var outputWidth = rank == 0 ? 1 : shape.OutputSize[rank - 1];
        double[] features =
        [
            shape.Batch, shape.Groups, shape.InputChannels, shape.OutputChannels,
            (double)shape.InputChannels / shape.Groups, (double)shape.OutputChannels / shape.Groups,
            Product(shape.Kernel), rank == 0 ? 1 : shape.Kernel[rank - 1], Product(shape.Strides), Product(shape.Dilations),
            Product(shape.InputSize), outputPositions, outputWidth == 0 ? 0 : outputPositions / outputWidth, outputWidth,
            InsideTaps(shape), EdgeTaps(shape), .. Applied(shape.Activation), 0, 0, .. NoMemory,
        ];
        return new Layer($"{form}Convolution{rank}D", LayerFamily.Convolution, features);
    }

    /// <summary>
    /// <paramref name="products"/> matrix products of [rows, inner] by [inner, columns]. A constant right side is a layer with
    /// weights (kind <c>MatrixProduct</c>), which runtimes prepare ahead; a computed one is <c>DynamicMatrixProduct</c>.
    /// </summary>
    public static Layer MatrixProduct(long products, long rows, long inner, long columns, bool constantRight = true,
        Activation activation = Activation.None) =>
        new(constantRight ? "MatrixProduct" : "DynamicMatrixProduct", LayerFamily.Matrix,
            [products, rows, inner, columns, .. Applied(activation), .. NoMemory]);

    /// <summary>A recurrent layer over a sequence; <paramref name="kind"/> is <c>LSTM</c>, <c>GRU</c> or <c>RNN</c>.</summary>
    public static Layer Recurrent(string kind, long steps, long batch, long inputs, long hidden, long directions) =>
        new(kind, LayerFamily.Recurrent, [steps, batch, inputs, hidden, directions, .. NoMemory]);

    /// <summary>A layer that visits elements; see <see cref="ElementsShape"/>.</summary>
    public static Layer Elements(string kind, ElementsShape shape) =>
        new(kind, LayerFamily.Elements,
        [
            shape.InputElements, shape.OutputElements, shape.OtherElements, shape.Inputs, shape.Channels, shape.ChannelsDivisor,
            shape.Axis, shape.Inner, shape.Outer, shape.Inner > 1 ? 1 : 0, shape.Kernel, shape.Stride, shape.ElementBytes, shape.Width, .. NoMemory,
        ]);

    /// <summary>
    /// A layer as it runs in a network: a convolution also does the work of layers it absorbed (adds other tensors to its result, applies an
    /// activation), may read its input in another layout than it works in, and finds its weights and tensors in a cache or not, depending on
    /// what the rest of the network touches between two runs.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="absorbed">The operators it absorbed, with their number of computed inputs.</param>
    /// <param name="memory">The memory that one run of the network touches around the layer.</param>
    /// <param name="placement">How it runs.</param>
    public static Layer InNetwork(
        Layer layer, IReadOnlyCollection<(string Operator, int Inputs)> absorbed, LayerMemory memory, Placement placement = Placement.Plain)
    {
        var family = layer.Family;
        var features = new double[family.Features.Count];
        Array.Copy(layer.ValueArray, features, features.Length);
        var place = features.Length - LayerFamily.Surroundings.Count; // these are the last ones, in this order
        features[place++] = memory.NetworkBytes;
        features[place++] = memory.AliveBytes;
        features[place++] = memory.ReuseBytes;
        features[place++] = memory.RoomBytes;
        features[place] = memory.NetworkMacs;
        if (family == LayerFamily.Convolution)
        {
            features[PlainInput] = placement == Placement.InternalFromPlain ? 1 : 0;
            foreach (var (name, inputs) in absorbed)
                features[family.IndexOf(inputs > 1 ? "added" : FeatureOf(Activations.Of(name)))] = 1;
        }

        return new Layer(layer.Kind, family, features);
    }

    /// <summary>A layer from stored features.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="family">Its family.</param>
    /// <param name="features">The features in the order of <see cref="LayerFamily.Features"/>.</param>
    /// <exception cref="ArgumentException">The number of features is not the family's.</exception>
    public static Layer FromFeatures(string kind, LayerFamily family, IReadOnlyList<double> features) =>
        features.Count == family.Features.Count
            ? new Layer(kind, family, features)
            : throw new ArgumentException($"family '{family}' has {family.Features.Count} features, not {features.Count}", nameof(features));

    private static double[] Applied(Activation activation) =>
        [Is(activation, Activation.Rectify), Is(activation, Activation.Clamp), Is(activation, Activation.Saturating), Is(activation, Activation.Exponential)];

    private static double Is(Activation activation, Activation wanted) => activation == wanted ? 1 : 0;

    private static string FeatureOf(Activation activation) => activation switch
    {
        Activation.Rectify => "rectified",
        Activation.Clamp => "clamped",
        Activation.Saturating => "saturated",
        _ => "exponential",
    };

    // What lies over padding need not be visited: kernel elements inside the image, summed over all output positions.
    private static double InsideTaps(ConvolutionShape shape)
    {
        var taps = 1.0;
        for (var axis = 0; axis < shape.Kernel.Count; axis++) taps *= new Window(shape, axis).TapsInside();
        return taps;
    }

    // Of these, the ones of positions so close to the left or right edge that a part of their window is cut off.
    private static double EdgeTaps(ConvolutionShape shape)
    {
        if (shape.Kernel.Count == 0) return 0;

        var columns = new Window(shape, shape.Kernel.Count - 1);
        return columns.TapsInside() == 0 ? 0 : InsideTaps(shape) * columns.TapsAtEdges() / columns.TapsInside();
    }

    private static double Product(IEnumerable<long> sizes) => sizes.Aggregate(1.0, (product, size) => product * size);
}

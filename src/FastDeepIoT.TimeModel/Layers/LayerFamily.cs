using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Layers whose execution time is explained by the same features: which numbers describe one, and which amounts of work
/// (multiply-accumulates, bytes, calls) follow from them.
/// </summary>
public sealed class LayerFamily
{
    /// <summary>
    /// The feature that tells how many bytes a run of the whole network touches, weights and tensors: what a layer finds in which cache
    /// depends on it.
    /// </summary>
    public const string NetworkSize = "networkBytes";

    /// <summary>The feature that tells how many bytes of tensors are alive while a layer runs, its own included.</summary>
    public const string AliveSize = "aliveBytes";

    /// <summary>The feature that tells how many bytes were touched since a layer's largest input was, that input included.</summary>
    public const string ReuseSize = "reuseBytes";

    /// <summary>The feature that tells how many bytes were touched since the memory a layer writes to was used last.</summary>
    public const string RoomSize = "roomBytes";

    /// <summary>The feature that tells how many multiply-accumulates one run of the whole network takes.</summary>
    public const string NetworkWork = "networkMacs";

    /// <summary>The feature that tells how many rows of an image a layer writes, each of which it may begin anew.</summary>
    public const string Rows = "outputRows";

    /// <summary>What every family is told about the network around a layer: its last features.</summary>
    public static IReadOnlyList<string> Surroundings { get; } = [NetworkSize, AliveSize, ReuseSize, RoomSize, NetworkWork];

    private readonly Dictionary<string, int> _indexOf;
    private readonly Quantity[] _derived;

    private LayerFamily(string name, string[] features, string[] widths, params Quantity[] quantities)
    {
        Name = name;
        Features = features;
        Widths = widths;
        Quantities = quantities;
        Descriptors = [.. features, .. quantities.Select(quantity => quantity.Name).Except(features)];
        _indexOf = Descriptors.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        _derived = Descriptors.Skip(features.Length).Select(name => quantities.First(quantity => quantity.Name == name)).ToArray();
        foreach (var quantity in quantities) quantity.Bind(this);
        MacsIndex = IndexOf("macs");
    }

    /// <summary>Dense, grouped, depthwise and transposed convolution over one to three spatial axes.</summary>
    public static LayerFamily Convolution { get; } = new(
        "convolution",
        ["batch", "groups", "inputChannels", "outputChannels", "groupInputs", "groupOutputs", "kernel", "kernelWidth", "stride",
         "dilation", "inputPositions", "outputPositions", Rows, "outputWidth", "insideTaps", "edgeTaps",
         "rectified", "clamped", "saturated", "exponential", "added", "plainInput", .. Surroundings],
        ["inputChannels", "outputChannels", "groupInputs", "groupOutputs", "outputPositions", "outputWidth"],
        new Quantity("macs", "multiply-accumulate", 1, "batch", "outputPositions", "outputChannels", "groupInputs", "kernel"),
        new Quantity("insideMacs", "multiply-accumulate inside the image", 1, "batch", "insideTaps", "outputChannels", "groupInputs"),
        new Quantity("edgeMacs", "multiply-accumulate at an edge column", 1, "batch", "edgeTaps", "outputChannels", "groupInputs"),
        new Quantity("inputBytes", "byte read", 4, "batch", "inputPositions", "inputChannels"),
        new Quantity("outputBytes", "byte written", 4, "batch", "outputPositions", "outputChannels"),
        new Quantity("weightBytes", "byte of weights", 4, "outputChannels", "groupInputs", "kernel"),
        new Quantity("patchBytes", "byte of gathered patches", 4, "batch", "outputPositions", "inputChannels", "kernel"),
        new Quantity("channelPairs", "output position and pair of channels", 1, "batch", "outputPositions", "outputChannels", "groupInputs"),
        new Quantity("rowSteps", "output row and channel", 1, "batch", Rows, "outputChannels", "groupInputs"),
        new Quantity("addedBytes", "byte added to the result", 4, "batch", "outputPositions", "outputChannels", "added"),
        new Quantity("rectifications", "rectified result", 1, "batch", "outputPositions", "outputChannels", "rectified"),
        new Quantity("clamps", "clamped result", 1, "batch", "outputPositions", "outputChannels", "clamped"),
        new Quantity("saturations", "saturated result", 1, "batch", "outputPositions", "outputChannels", "saturated"),
        new Quantity("exponentials", "result with an exponential", 1, "batch", "outputPositions", "outputChannels", "exponential"),
        new Quantity("groupCalls", "group", 1, "batch", "groups"));

    /// <summary>Matrix products: Gemm and MatMul with a constant or a computed right side.</summary>
    public static LayerFamily Matrix { get; } = new(
        "matrix",
        ["products", "rows", "inner", "columns", "rectified", "clamped", "saturated", "exponential", .. Surroundings],
        ["rows", "inner", "columns"],
        new Quantity("macs", "multiply-accumulate", 1, "products", "rows", "inner", "columns"),
        new Quantity("leftBytes", "byte of the left matrix", 4, "products", "rows", "inner"),
        new Quantity("rightBytes", "byte of the right matrix", 4, "products", "inner", "columns"),
        new Quantity("outputBytes", "byte written", 4, "products", "rows", "columns"),
        new Quantity("saturations", "saturated result", 1, "products", "rows", "columns", "saturated"),
        new Quantity("exponentials", "result with an exponential", 1, "products", "rows", "columns", "exponential"),
        new Quantity("products", "product", 1, "products"));

    /// <summary>LSTM, GRU and RNN: all gates of all directions over a sequence.</summary>
    public static LayerFamily Recurrent { get; } = new(
        "recurrent",
        ["steps", "batch", "inputs", "hidden", "directions", .. Surroundings],
        ["inputs", "hidden"],
        new Quantity("inputMacs", "multiply-accumulate on the input", 1, "steps", "batch", "inputs", "hidden", "directions"),
        new Quantity("stateMacs", "multiply-accumulate on the state", 1, "steps", "batch", "hidden", "hidden", "directions"),
        new Quantity("weightBytes", "byte of state weights", 4, "hidden", "hidden", "directions"),
        new Quantity("stateReads", "byte of state weights read again at each step", 4, "steps", "hidden", "hidden", "directions"),
        new Quantity("inputWeightBytes", "byte of input weights", 4, "inputs", "hidden", "directions"),
        new Quantity("stateElements", "element of state", 1, "steps", "batch", "hidden", "directions"),
        new Quantity("steps", "step", 1, "steps", "directions"));

    /// <summary>
    /// Everything that visits elements: activations, arithmetic with broadcast, pooling, normalization, softmax, reductions and
    /// data movement. <c>axis</c> is the length of the axis worked along, <c>inner</c> the contiguous elements behind it.
    /// </summary>
    public static LayerFamily Elements { get; } = new(
        "elements",
        ["inputElements", "outputElements", "otherElements", "inputs", "channels", "channelsDivisor", "axis", "inner", "outer",
         "across", "kernel", "stride", "elementBytes", "width", .. Surroundings],
        ["channels", "channelsDivisor", "axis"],
        new Quantity("inputBytes", "byte read", 1, "inputElements", "elementBytes"),
        new Quantity("otherBytes", "byte of other inputs", 1, "otherElements", "elementBytes"),
        new Quantity("outputBytes", "byte written", 1, "outputElements", "elementBytes"),
        new Quantity("windowSteps", "element and window step", 1, "outputElements", "kernel"),
        new Quantity("acrossElements", "element worked on across an axis that is not the last", 1, "outputElements", "across"),
        new Quantity("runs", "contiguous run", 1, "outer", "axis"),
        new Quantity("slices", "slice", 1, "outer"),
        new Quantity("inputs", "input", 1, "inputs"));

    /// <summary>All families, in the order they are documented.</summary>
    public static IReadOnlyList<LayerFamily> All { get; } = [Convolution, Matrix, Recurrent, Elements];

    /// <summary>The name a device model refers to this family by.</summary>
    public string Name { get; }

    /// <summary>The names of the independent numbers that describe a layer.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The features a device may work through in blocks: those a step or a multiple can be about.</summary>
    public IReadOnlyList<string> Widths { get; }

    /// <summary>Everything a condition may ask about: the features, then the amounts of work that follow from them.</summary>
    public IReadOnlyList<string> Descriptors { get; }

    internal int MacsIndex { get; }

    /// <summary>The amounts of work a regression may charge time for.</summary>
    public IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>The family of that name, or null.</summary>
    public static LayerFamily? Find(string name) => All.FirstOrDefault(family => family.Name == name);

    /// <summary>The position among <see cref="Descriptors"/>, or -1 when this family has none of that name.</summary>
    public int IndexOf(string descriptor) => _indexOf.TryGetValue(descriptor, out var index) ? index : -1;

    internal double[] ValuesOf(IReadOnlyList<double> features)
    {
        var (values, given) = (new double[Descriptors.Count], features.Count);
        if (features is double[] array) Array.Copy(array, values, given);
        else for (var i = 0; i < given; i++) values[i] = features[i];
        for (var i = given; i < values.Length; i++) values[i] = _derived[i - given].Of(values);
        return values;
    }

    /// <summary>The quantity of that name, or null.</summary>
    public Quantity? FindQuantity(string name) => Quantities.FirstOrDefault(quantity => quantity.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

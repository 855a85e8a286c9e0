using System.Text.RegularExpressions;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Names of kinds and features in words for people.</summary>
internal static partial class Words
{
    private static readonly Dictionary<string, string> Features = new()
    {
        ["batch"] = "items in the batch",
        ["groupInputs"] = "input channels per group",
        ["groupOutputs"] = "output channels per group",
        ["kernel"] = "elements of the kernel",
        ["stride"] = "product of the strides",
        ["dilation"] = "product of the dilations",
        ["products"] = "matrix products",
        ["rows"] = "rows of the left matrix",
        ["inner"] = "inner length",
        ["columns"] = "columns of the right matrix",
        ["inputs"] = "inputs",
        ["hidden"] = "hidden units",
        ["otherElements"] = "elements of other inputs",
        ["channelsDivisor"] = "common divisor of the channels",
        ["axis"] = "length of the axis",
        ["outer"] = "slices",
        ["elementBytes"] = "bytes of an element",
        ["width"] = "size of the last axis",
        ["internalInputs"] = "share of inputs in the internal layout",
        ["macs"] = "multiply-accumulates",
        ["inputMacs"] = "multiply-accumulates on the input",
        ["stateMacs"] = "multiply-accumulates on the state",
        ["inputBytes"] = "bytes read",
        ["outputBytes"] = "bytes written",
        ["otherBytes"] = "bytes of other inputs",
        ["weightBytes"] = "bytes of weights",
        ["inputWeightBytes"] = "bytes of input weights",
        ["patchBytes"] = "bytes of gathered patches",
        ["leftBytes"] = "bytes of the left matrix",
        ["rightBytes"] = "bytes of the right matrix",
        ["channelPairs"] = "output positions and pairs of channels",
        ["rowSteps"] = "output rows and channels",
        ["addedBytes"] = "bytes added to the result",
        ["rectifications"] = "rectified results",
        ["clamps"] = "clamped results",
        ["saturations"] = "saturated results",
        ["exponentials"] = "results with an exponential",
        ["insideTaps"] = "kernel elements inside the image over all positions",
        ["edgeTaps"] = "kernel elements at edge columns",
        ["insideMacs"] = "multiply-accumulates inside the image",
        ["edgeMacs"] = "multiply-accumulates at edge columns",
        ["stateReads"] = "bytes of state weights read over all steps",
        ["acrossElements"] = "elements across an axis that is not the last",
        ["groupCalls"] = "groups over the batch",
        ["stateElements"] = "elements of state",
        ["windowSteps"] = "elements times window steps",
        ["runs"] = "contiguous runs",
        ["networkBytes"] = "bytes of weights and tensors in the whole network",
        ["aliveBytes"] = "bytes of tensors alive at once",
        ["reuseBytes"] = "bytes touched since the input was",
        ["roomBytes"] = "bytes touched since the memory of the output was",
        ["networkMacs"] = "multiply-accumulates of the whole network",
        ["hosts"] = "inputs whose layers could do its work",
        ["hostReaders"] = "readers of the layer before",
        ["hostAbsorbs"] = "layers that the layer before absorbed",
        ["axes"] = "axes of the output",
    };

    private static readonly HashSet<string> Singular =
        ["stride", "dilation", "inner", "channelsDivisor", "axis", "width", "kernelWidth", "outputWidth", "internalInputs"];

    // Features that are 0 or 1: a question about one is a question of yes or no.
    private static readonly Dictionary<string, (string Yes, string No)> Flags = new()
    {
        ["plainInput"] = ("the input is in the plain layout", "the input is in the internal layout"),
        ["across"] = ("the axis is not the last", "the axis is the last"),
        ["rectified"] = ("the result is rectified", "the result is not rectified"),
        ["clamped"] = ("the result is clamped", "the result is not clamped"),
        ["saturated"] = ("the result is saturated", "the result is not saturated"),
        ["exponential"] = ("an exponential is applied", "no exponential is applied"),
        ["added"] = ("a tensor is added to the result", "nothing is added to the result"),
        ["sameShapeInputs"] = ("all inputs have the same shape", "the inputs differ in shape"),
        ["channelsLast"] = ("the channels are moved behind the positions", "the channels are not moved behind the positions"),
        ["hostInternal"] = ("the layer before runs in the internal layout", "the layer before runs in the plain layout"),
        ["hostConvolution"] = ("the layer before is a convolution", "the layer before is no convolution"),
        ["hostActivation"] = ("the layer before has an activation", "the layer before has no activation"),
    };

    /// <summary>A kind such as <c>DepthwiseConvolution2D</c> as "Depthwise convolution, 2-D".</summary>
    internal static string Kind(string kind)
    {
        var dimensions = Dimensions().Match(kind);
        var words = Split(dimensions.Success ? kind[..dimensions.Index] : kind);
        return char.ToUpperInvariant(words[0]) + words[1..] + (dimensions.Success ? $", {dimensions.Groups[1].Value}-D" : "");
    }

    /// <summary>A feature such as <c>outputChannels</c> as "output channels".</summary>
    internal static string Feature(string feature) => Features.TryGetValue(feature, out var words) ? words : Split(feature);

    /// <summary>"is" or "are", as the words for a feature want it.</summary>
    internal static string Verb(string feature) => Singular.Contains(feature) ? "is" : "are";

    /// <summary>The two answers to a question about a flag; null when the feature is a number.</summary>
    internal static (string Yes, string No)? Flag(string feature) => Flags.TryGetValue(feature, out var answers) ? answers : null;

    /// <summary>A layout in words.</summary>
    internal static string Place(Placement placement) => placement switch
    {
        Placement.Plain => "runs in the plain layout",
        Placement.Internal => "runs in the runtime's internal layout",
        Placement.InternalFromPlain => "runs in the runtime's internal layout, reading its input in the plain one",
        _ => "is done by the layer before it",
    };

    // An abbreviation stays as it is.
    private static string Split(string name) =>
        name.Any(char.IsAsciiLetterLower) ? WordStart().Replace(name, " $1").TrimStart().ToLowerInvariant() : name;

    [GeneratedRegex(@"(\d)D$")]
    private static partial Regex Dimensions();

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex WordStart();
}

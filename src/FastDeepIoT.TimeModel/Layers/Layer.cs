using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// One unit of work as a runtime runs it after its own fusions: what kind it is and the numbers that describe it.
/// Made by <see cref="Layers"/>; knows nothing of files, graphs or clocks.
/// </summary>
public sealed class Layer
{
    private readonly double[] _values;

    internal Layer(string kind, LayerFamily family, IReadOnlyList<double> features) =>
        (Kind, Family, _values) = (kind, family, family.ValuesOf(features));

    /// <summary>What kind of layer it is: the name of its time tree in a device model, for instance <c>DepthwiseConvolution2D</c>.</summary>
    public string Kind { get; }

    /// <summary>Which features describe it.</summary>
    public LayerFamily Family { get; }

    /// <summary>Features and amounts of work, in the order of <see cref="LayerFamily.Descriptors"/>.</summary>
    public IReadOnlyList<double> Values => _values;

    internal double[] ValueArray => _values;

    /// <summary>One feature or amount of work by name.</summary>
    /// <exception cref="KeyNotFoundException">The family has no such descriptor.</exception>
    public double this[string descriptor] => Family.IndexOf(descriptor) is >= 0 and var index
        ? _values[index]
        : throw new KeyNotFoundException($"a layer of family '{Family}' has no '{descriptor}'");

    /// <summary>Multiply-accumulates, or 0 for a layer that has none.</summary>
    public double Macs => Family.MacsIndex is >= 0 and var index ? _values[index] : 0;

    /// <summary>Bytes of weights one run reads, or 0 for a layer that has none.</summary>
    public double WeightBytes =>
        Family == LayerFamily.Convolution ? this["weightBytes"]
        : Family == LayerFamily.Matrix ? this["rightBytes"]
        : Family == LayerFamily.Recurrent ? this["weightBytes"] + this["inputWeightBytes"]
        : 0;

    /// <summary>Bytes of computed tensors one run reads, from memory or a cache.</summary>
    public double InputBytes =>
        Family == LayerFamily.Convolution ? this["inputBytes"]
        : Family == LayerFamily.Matrix ? this["leftBytes"]
        : Family == LayerFamily.Recurrent ? sizeof(float) * this["steps"] * this["batch"] * this["inputs"]
        : this["inputBytes"] + this["otherBytes"];

    /// <summary>Bytes of tensors one run writes.</summary>
    public double OutputBytes => Family == LayerFamily.Recurrent ? sizeof(float) * this["stateElements"] : this["outputBytes"];
}

using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// One unit of work as a runtime runs it after its own fusions: what kind it is and the numbers that describe it.
/// Made by <see cref="Layers"/>; knows nothing of files, graphs or clocks.
/// </summary>
public sealed class Layer
{
    private readonly double[] _features;

    internal Layer(string kind, LayerFamily family, double[] features) => (Kind, Family, _features) = (kind, family, features);

    /// <summary>What kind of layer it is: the name of its time tree in a device model, for instance <c>DepthwiseConvolution2D</c>.</summary>
    public string Kind { get; }

    /// <summary>Which features describe it.</summary>
    public LayerFamily Family { get; }

    /// <summary>The features, in the order of <see cref="LayerFamily.Features"/>.</summary>
    public IReadOnlyList<double> Features => _features;

    internal double[] Values => _features;

    /// <summary>One feature by name.</summary>
    /// <exception cref="KeyNotFoundException">The family has no such feature.</exception>
    public double this[string feature] => Family.IndexOf(feature) is >= 0 and var index
        ? _features[index]
        : throw new KeyNotFoundException($"a layer of family '{Family}' has no feature '{feature}'");

    /// <summary>Multiply-accumulates, or 0 for a layer that has none.</summary>
    public double Macs => Family.FindQuantity("macs")?.Of(_features) ?? 0;
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>An amount of work: a constant times a product of a layer's features.</summary>
public sealed class Quantity
{
    private readonly string[] _factors;
    private readonly double _scale;
    private int[] _indices = [];

    internal Quantity(string name, string unit, double scale, params string[] factors) =>
        (Name, Unit, _scale, _factors) = (name, unit, scale, factors);

    /// <summary>The name a device model refers to this quantity by.</summary>
    public string Name { get; }

    /// <summary>What one unit of it is, in words for a person.</summary>
    public string Unit { get; }

    /// <summary>Whether it counts bytes that are read or written.</summary>
    public bool IsBytes => Name.EndsWith("Bytes", StringComparison.Ordinal);

    /// <summary>The features multiplied.</summary>
    public IReadOnlyList<string> Factors => _factors;

    /// <summary>
    /// Whether a device that works through this feature in blocks does more of this quantity: it is one of the factors, or the width of an
    /// image whose positions are.
    /// </summary>
    public bool GrowsWith(string feature) =>
        Factors.Contains(feature) || (feature == "outputWidth" && Factors.Any(factor => factor is "outputPositions" or "insideTaps"));

    /// <summary>The amount for a layer's features, of the family this quantity belongs to.</summary>
    public double Of(double[] features)
    {
        var product = _scale;
        foreach (var index in _indices) product *= features[index];
        return product;
    }

    /// <summary>The amount when some features are first rounded up to a block, as a device that works in blocks does.</summary>
    public double Of(double[] features, IReadOnlyList<Rounding> roundings)
    {
        var product = Of(features);
        for (var index = 0; index < roundings.Count; index++)
        {
            var rounding = roundings[index];
            var value = features[rounding.FeatureIndex];
            if (value > 0) product *= rounding.Apply(value) / value;
        }

        return product;
    }

    internal void Bind(LayerFamily family) => _indices = _factors.Select(family.IndexOf).ToArray();
}

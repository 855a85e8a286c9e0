using System.Collections.Generic;

namespace FastDeepIoT.Analyzers;

/// <summary>How a method or constructor of a library makes a layer.</summary>
/// <param name="Kind">The layer it makes, by the name of the factory in TorchSharp.</param>
/// <param name="Parameters">Where its numbers come from; a parameter that is not listed has the layer's default.</param>
internal sealed record LayerSignature(string Kind, IReadOnlyDictionary<LayerParameter, ParameterSource> Parameters)
{
    /// <summary>The names a parameter goes by; none when it has no place in the signature.</summary>
    internal string[] NamesOf(LayerParameter parameter) => Parameters.TryGetValue(parameter, out var source) ? source.Names : [];

    /// <summary>The value a parameter always has; null when calls decide.</summary>
    internal long? ValueOf(LayerParameter parameter) => Parameters.TryGetValue(parameter, out var source) ? source.Value : null;
}

/// <summary>Where a number comes from: an argument of one of some names, because libraries rename parameters, or always the same value.</summary>
internal sealed record ParameterSource(long? Value, params string[] Names);

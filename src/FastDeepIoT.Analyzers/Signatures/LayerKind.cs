using System;
using System.Collections.Generic;

namespace FastDeepIoT.Analyzers;

/// <summary>A kind of layer with widths.</summary>
/// <param name="Name">The name of its factory in TorchSharp.</param>
/// <param name="Read">Makes the layer of a call; null when a number is not sure.</param>
/// <param name="Required">The parameters without which there is no such layer.</param>
/// <param name="Optional">Those it has defaults for.</param>
internal sealed record LayerKind(
    string Name, Func<LayerArguments, ConstructedLayer?> Read, IReadOnlyList<LayerParameter> Required, IReadOnlyList<LayerParameter> Optional);

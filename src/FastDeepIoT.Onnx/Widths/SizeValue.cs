namespace FastDeepIoT.Onnx;

/// <summary>
/// One element of an integer tensor that holds sizes: what Shape returns, what Reshape, Slice or Split take.
/// </summary>
/// <param name="Literal">The number, where the model file says it; null when it is computed from the shapes of tensors.</param>
/// <param name="Extent">What it is the size of; null when that is not known, and for negative numbers.</param>
internal sealed record SizeValue(long? Literal, Extent? Extent)
{
    /// <summary>A number about which nothing is known.</summary>
    internal static SizeValue Unknown { get; } = new(null, null);

    /// <summary>The number in the original model, or <see cref="Onnx.Extent.Unknown"/> when only running tells.</summary>
    internal long? Number => Literal ?? (Extent is { Size: >= 0 } extent ? extent.Size : null);
}

/// <summary>A place in the model file that holds a size, and what it is the size of: it must be rewritten when a width in it changes.</summary>
/// <param name="Node">Index of the node in the graph.</param>
/// <param name="Input">Which input of the node holds the number, or null when an attribute does.</param>
/// <param name="Attribute">Name of the attribute, or null.</param>
/// <param name="Element">Position in the list; 0 for a single number.</param>
/// <param name="Extent">What it is the size of.</param>
/// <param name="Negative">True when the number is minus that size (counted from the end).</param>
public sealed record SizeBinding(int Node, int? Input, string? Attribute, int Element, Extent Extent, bool Negative = false);

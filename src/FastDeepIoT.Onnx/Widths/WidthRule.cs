namespace FastDeepIoT.Onnx;

/// <summary>What is known of an operator's widths.</summary>
/// <param name="Couple">
/// Couples the axes of inputs and outputs. Returns null, or why the node is not understood: then every width it touches stays.
/// </param>
/// <param name="Added">
/// What the elements of the output hold that lie at added positions of a width; null when they might not be finite numbers.
/// </param>
internal sealed record WidthRule(Func<Coupling, string?> Couple, Func<AddedView, AddedRange?> Added)
{
    /// <summary>A rule for operators that move elements without changing them.</summary>
    internal static WidthRule Moving(Func<Coupling, string?> couple) => new(couple, AddedFunctions.Hull);
}

namespace FastDeepIoT.Onnx;

/// <summary>Two inputs of a node whose products are summed over an extent, or one input that is summed.</summary>
/// <param name="Left">The first input.</param>
/// <param name="Right">The second input; null when there is none.</param>
/// <param name="Over">What is summed over.</param>
/// <param name="RightAxis">The axis of the second input that is summed over; null when it is not one axis.</param>
internal readonly record struct Contraction(int Left, int? Right, Extent Over, int? RightAxis = null);

namespace FastDeepIoT.Onnx;

/// <summary>Arithmetic on shapes.</summary>
internal static class ShapeMath
{
    /// <summary>Number of elements, as a real number: products of hostile sizes do not overflow it.</summary>
    internal static double Elements(this IEnumerable<long> shape) => shape.Aggregate(1.0, (product, size) => product * size);

    /// <summary>The size of axis 1, or of the last axis of a vector.</summary>
    internal static long Channels(this IReadOnlyList<long> shape) => shape.Count > 1 ? shape[1] : shape.Count == 1 ? shape[0] : 1;

    /// <summary>The largest integer that divides both.</summary>
    internal static long Divisor(long left, long right) => right == 0 ? left : Divisor(right, left % right);

    /// <summary>The size of the last axis.</summary>
    internal static long Width(this IReadOnlyList<long> shape) => shape.Count == 0 ? 1 : shape[^1];
}

namespace FastDeepIoT.Onnx;

/// <summary>Bounds on what the elements at added positions hold. Infinite bounds mean: any finite number.</summary>
internal readonly record struct AddedRange(double Low, double High)
{
    /// <summary>Exactly zero: harmless even where it is summed.</summary>
    internal static AddedRange Zero { get; } = new(0, 0);

    /// <summary>Any finite number: harmless where it meets zero weights.</summary>
    internal static AddedRange Finite { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether only zero is possible.</summary>
    internal bool IsZero => Low == 0 && High == 0;

    /// <summary>Whether a number is possible.</summary>
    internal bool Contains(double value) => Low <= value && value <= High;

    /// <summary>What one or the other holds.</summary>
    internal AddedRange Or(AddedRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    public static AddedRange operator +(AddedRange left, AddedRange right) => new(left.Low + right.Low, left.High + right.High);

    public static AddedRange operator -(AddedRange left, AddedRange right) => new(left.Low - right.High, left.High - right.Low);

    public static AddedRange operator *(AddedRange left, AddedRange right) => left.IsZero || right.IsZero ? Zero : Spanning(
        left.Low * right.Low, left.Low * right.High, left.High * right.Low, left.High * right.High);

    /// <summary>The quotient, or null when the divisor may be zero.</summary>
    internal AddedRange? DividedBy(AddedRange divisor) => divisor.Contains(0) ? null
        : IsZero ? Zero
        : Spanning(Low / divisor.Low, Low / divisor.High, High / divisor.Low, High / divisor.High);

    // An infinite bound times zero, or over an infinite bound, is no number; any finite number is then possible.
    private static AddedRange Spanning(params double[] corners) =>
        corners.Any(double.IsNaN) ? Finite : new AddedRange(corners.Min(), corners.Max());
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>A question the device model asks about a layer, told as one about the size of a width group.</summary>
/// <param name="IsMultiple">Whether a multiple is asked for, or a range.</param>
/// <param name="Value">The integer, or the upper end of the range.</param>
/// <param name="Offset">The feature asked about, were the size zero.</param>
/// <param name="Slope">How much the feature grows with the size.</param>
internal readonly record struct WidthQuestion(bool IsMultiple, double Value, double Offset, double Slope)
{
    /// <summary>The question about a feature that was seen at two neighbouring sizes.</summary>
    internal static WidthQuestion Of(Condition condition, long size, double here, double next) =>
        new(condition.IsMultiple, condition.Value, here - (next - here) * size, next - here);

    /// <summary>The question about the size itself.</summary>
    internal static WidthQuestion Of(Condition condition) => new(condition.IsMultiple, condition.Value, 0, 1);

    /// <summary>Whether the answer is yes at a size.</summary>
    internal bool Holds(long size) => Offset + Slope * size is var feature && (IsMultiple ? feature % Value == 0 : feature <= Value);
}

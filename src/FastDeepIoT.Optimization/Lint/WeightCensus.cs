using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>How many of the numbers of a tensor are of a kind that nobody wants in weights.</summary>
/// <param name="Denormal">Numbers below the smallest normal one of their type, zero apart.</param>
/// <param name="NotNumbers">Values that are not a number.</param>
/// <param name="Infinite">Infinities.</param>
internal readonly record struct WeightCensus(long Denormal, long NotNumbers, long Infinite)
{
    /// <summary>Counts the numbers of a tensor in single or double precision; of all other types nothing counts.</summary>
    internal static WeightCensus Of(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float when tensor.HasRawData => Singles(MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)),
        DataType.Float => Singles(tensor.FloatData.ToArray()),
        DataType.Double when tensor.HasRawData => Doubles(MemoryMarshal.Cast<byte, double>(tensor.RawData.Span)),
        DataType.Double => Doubles(tensor.DoubleData.ToArray()),
        _ => default,
    };

    private static WeightCensus Singles(ReadOnlySpan<float> values)
    {
        long denormal = 0, notNumbers = 0, infinite = 0;
        foreach (var value in values)
            if (float.IsSubnormal(value)) denormal++;
            else if (!float.IsFinite(value)) _ = float.IsNaN(value) ? notNumbers++ : infinite++;
        return new(denormal, notNumbers, infinite);
    }

    private static WeightCensus Doubles(ReadOnlySpan<double> values)
    {
        long denormal = 0, notNumbers = 0, infinite = 0;
        foreach (var value in values)
            if (double.IsSubnormal(value)) denormal++;
            else if (!double.IsFinite(value)) _ = double.IsNaN(value) ? notNumbers++ : infinite++;
        return new(denormal, notNumbers, infinite);
    }
}

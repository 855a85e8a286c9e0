using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>Compares outputs: real numbers by their difference against the output's own magnitude, all else exactly.</summary>
internal static class OutputComparison
{
    internal static (double Difference, string? Disagreement) Compare(
        IReadOnlyList<string> names, IReadOnlyList<OrtValue> expected, IReadOnlyList<OrtValue> actual, double tolerance, Func<int, double> noise)
    {
        var largest = 0.0;
        for (var index = 0; index < names.Count; index++)
        {
            var (difference, what) = Compare(expected[index], actual[index]);
            largest = Math.Max(largest, difference);
            if (what is not null) return (largest, $"output '{names[index]}' {what}");
            if (difference > tolerance && difference > noise(index))
                return (largest, FormattableString.Invariant($"output '{names[index]}' differs by {difference:0.0e+0} of its magnitude"));
        }

        return (largest, null);
    }

    /// <summary>The relative difference of two values of real numbers; 0 where they cannot be compared so.</summary>
    internal static double Difference(OrtValue expected, OrtValue actual) => Compare(expected, actual) is var (difference, what) && what is null ? difference : 0;

    private static (double, string?) Compare(OrtValue expected, OrtValue actual)
    {
        if (expected.OnnxType != actual.OnnxType) return (double.PositiveInfinity, "is of another type");
        if (expected.OnnxType != OnnxValueType.ONNX_TYPE_TENSOR) return CompareParts(expected, actual);

        var (left, right) = (expected.GetTensorTypeAndShape(), actual.GetTensorTypeAndShape());
        if (left.ElementDataType != right.ElementDataType) return (double.PositiveInfinity, "has elements of another type");
        if (!left.Shape.SequenceEqual(right.Shape))
            return (double.PositiveInfinity, $"has shape [{string.Join(", ", right.Shape)}] instead of [{string.Join(", ", left.Shape)}]");
        if (left.ElementDataType == TensorElementType.String)
            return expected.GetStringTensorAsArray().SequenceEqual(actual.GetStringTensorAsArray()) ? (0, null) : (double.PositiveInfinity, "differs in its texts");

        var before = expected.GetTensorMutableRawData();
        var after = actual.GetTensorMutableRawData();
        if (Reals(left.ElementDataType, before) is { } reals) return CompareReals(reals, Reals(right.ElementDataType, after)!);
        return before.SequenceEqual(after) ? (0, null) : (double.PositiveInfinity, "differs in integers or truth values");
    }

    private static (double, string?) CompareParts(OrtValue expected, OrtValue actual)
    {
        var largest = 0.0;
        if (expected.GetValueCount() != actual.GetValueCount()) return (double.PositiveInfinity, "has another number of parts");

        for (var part = 0; part < expected.GetValueCount(); part++)
        {
            using var left = expected.GetValue(part, OrtAllocator.DefaultInstance);
            using var right = actual.GetValue(part, OrtAllocator.DefaultInstance);
            var (difference, what) = Compare(left, right);
            largest = Math.Max(largest, difference);
            if (what is not null) return (largest, what);
        }

        return (largest, null);
    }

    private static (double, string?) CompareReals(double[] expected, double[] actual)
    {
        var magnitude = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var difference = 0.0;
        for (var index = 0; index < expected.Length; index++)
        {
            var (left, right) = (expected[index], actual[index]);
            if (left.Equals(right)) continue;
            if (!double.IsFinite(left) || !double.IsFinite(right)) return (double.PositiveInfinity, $"has {right} where {left} was");
            difference = Math.Max(difference, Math.Abs(left - right) / Math.Max(magnitude, double.Epsilon));
        }

        return (difference, null);
    }

    private static double[]? Reals(TensorElementType type, Span<byte> bytes) => type switch
    {
        TensorElementType.Float => Convert<float>(bytes, value => value),
        TensorElementType.Double => Convert<double>(bytes, value => value),
        TensorElementType.Float16 => Convert<Half>(bytes, value => (double)value),
        TensorElementType.BFloat16 => Convert<ushort>(bytes, value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
        _ => null,
    };

    private static double[] Convert<T>(Span<byte> bytes, Func<T, double> convert) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var numbers = new double[values.Length];
        for (var index = 0; index < numbers.Length; index++) numbers[index] = convert(values[index]);
        return numbers;
    }
}

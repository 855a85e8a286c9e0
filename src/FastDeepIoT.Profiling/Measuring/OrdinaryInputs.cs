using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// Inputs of ordinary size for timing: floats around one, never denormal; integers zero, which every index and length accepts.
/// </summary>
internal static class OrdinaryInputs
{
    private const long LargestElements = 1L << 30;

    /// <exception cref="InputException">FDI3008 when a dimension is still free, FDI3010 for an input no values can be made for.</exception>
    internal static Dictionary<string, OrtValue> Of(InferenceSession session, string? file) =>
        session.InputMetadata.ToDictionary(input => input.Key, input => Make(input.Key, input.Value, file));

    private static OrtValue Make(string name, NodeMetadata metadata, string? file)
    {
        if (!metadata.IsTensor)
            throw new InputException(DiagnosticCode.RuntimeRefuses, $"Input '{name}' is not a tensor; only tensor inputs can be filled for timing.", file);
        if (Array.FindIndex(metadata.Dimensions, size => size <= 0) is >= 0 and var free)
            throw new InputException(DiagnosticCode.FreeDimension, $"Dimension {free} of input '{name}' is free; fix it with --dim NAME=N.", file);

        var shape = metadata.Dimensions.Select(size => (long)size).ToArray();
        var elements = shape.Aggregate(1L, (product, size) => product > LargestElements ? product : product * size);
        if (elements > LargestElements)
            throw new InputException(DiagnosticCode.FreeDimension, $"Input '{name}' has more than {LargestElements} elements; choose smaller dimensions.", file);

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, shape);
        if (metadata.ElementDataType == TensorElementType.Float) Fill(value.GetTensorMutableDataAsSpan<float>());
        else if (metadata.ElementDataType != TensorElementType.String) value.GetTensorMutableRawData().Clear();
        return value;
    }

    private static void Fill(Span<float> values)
    {
        var random = new Random(values.Length);
        for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle() * 2 - 1 is var value && Math.Abs(value) > 1e-3f ? value : 1e-3f;
    }
}

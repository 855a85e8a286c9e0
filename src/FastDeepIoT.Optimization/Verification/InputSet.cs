using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>Values for the inputs of a model.</summary>
internal sealed class InputSet(IReadOnlyList<string> names, IReadOnlyList<OrtValue> values) : IDisposable
{
    internal IReadOnlyList<string> Names => names;

    internal IReadOnlyList<OrtValue> Values => values;

    /// <summary>The same inputs, real numbers moved to a neighbour.</summary>
    internal InputSet WithOtherLastBits(int seed)
    {
        var random = new Random(seed);
        return new InputSet(names, [.. values.Select(value => Change(value, random))]);
    }

    public void Dispose()
    {
        foreach (var value in values) value.Dispose();
    }

    private static OrtValue Change(OrtValue value, Random random)
    {
        var info = value.GetTensorTypeAndShape();
        if (info.ElementDataType == TensorElementType.String)
        {
            var texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, info.Shape);
            var old = value.GetStringTensorAsArray();
            for (var index = 0; index < old.Length; index++) texts.StringTensorSetElementAt(old[index].AsSpan(), index);
            return texts;
        }

        var copy = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, info.Shape);
        var bytes = copy.GetTensorMutableRawData();
        value.GetTensorMutableRawData().CopyTo(bytes);
        switch (info.ElementDataType)
        {
            case TensorElementType.Float: LastBits.Change(MemoryMarshal.Cast<byte, float>(bytes), random); break;
            case TensorElementType.Double: LastBits.Change(MemoryMarshal.Cast<byte, double>(bytes), random); break;
            case TensorElementType.Float16 or TensorElementType.BFloat16: LastBits.Change(MemoryMarshal.Cast<byte, ushort>(bytes), random); break;
        }

        return copy;
    }
}

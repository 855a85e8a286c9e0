using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>The samples for one input of the model, preprocessed as they are asked for.</summary>
internal sealed class InputSamples
{
    private readonly InputSlot _slot;
    private readonly List<(NumpyArray Array, int Index)> _samples = [];
    private readonly bool _channelsLast;
    private readonly (float Factor, float Summand)[] _affine;
    private readonly int[] _shape;

    internal InputSamples(InputSlot slot, IReadOnlyList<(string Path, NumpyArray Array)> parts, Preprocessing preprocessing)
    {
        _slot = slot;
        _channelsLast = preprocessing.ChannelsLast && slot.Shape.Count > 2 && slot.Type is DataType.Float or DataType.Double or DataType.Float16;
        foreach (var (path, array) in parts) Add(array, path);
        _shape = ShapeOf(parts[0].Array);
        _affine = AffineOf(preprocessing, parts[0].Path);
        foreach (var (path, array) in parts) CheckFinite(array, path);
    }

    internal int Count => _samples.Count;

    internal string Name => _slot.Name;

    /// <summary>A batch of samples as the model takes it.</summary>
    internal OrtValue Batch(ReadOnlySpan<int> samples)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)(int)_slot.Type, [samples.Length, .. _shape.Select(size => (long)size)]);
        var bytes = value.GetTensorMutableRawData();
        var size = bytes.Length / Math.Max(1, samples.Length);
        for (var index = 0; index < samples.Length; index++) Fill(samples[index], bytes.Slice(index * size, size));
        return value;
    }

    private void Fill(int sample, Span<byte> to)
    {
        var (array, index) = _samples[sample];
        switch (_slot.Type)
        {
            case DataType.Float:
                Convert(array, index, MemoryMarshal.Cast<byte, float>(to), value => (float)value);
                break;
            case DataType.Double:
                Convert(array, index, MemoryMarshal.Cast<byte, double>(to), value => value);
                break;
            case DataType.Float16:
                Convert(array, index, MemoryMarshal.Cast<byte, Half>(to), value => (Half)value);
                break;
            case DataType.Int32:
                Integers(array, index, MemoryMarshal.Cast<byte, int>(to), value => (int)value);
                break;
            case DataType.Int64:
                Integers(array, index, MemoryMarshal.Cast<byte, long>(to), value => (long)value);
                break;
            default:
                Integers(array, index, to, value => unchecked((byte)(int)value));
                break;
        }
    }

    private void Convert<T>(NumpyArray array, int sample, Span<T> to, Func<double, T> convert)
    {
        var channels = _affine.Length;
        var positions = to.Length / channels;
        for (var at = 0; at < to.Length; at++)
        {
            var (channel, position) = (at / positions, at % positions);
            var value = array[sample * to.Length + (_channelsLast ? position * channels + channel : at)];
            var (factor, summand) = _affine[channels == 1 ? 0 : channel];
            to[at] = convert(value * factor + summand);
        }
    }

    private static void Integers<T>(NumpyArray array, int sample, Span<T> to, Func<double, T> convert)
    {
        for (var at = 0; at < to.Length; at++) to[at] = convert(array[sample * to.Length + at]);
    }

    private void Add(NumpyArray array, string path)
    {
        var shape = array.Shape.Count == _slot.Shape.Count ? ShapeOf(array) : null;
        var fits = shape is not null && _slot.Shape.Skip(1).Zip(shape).All(pair => pair.First < 0 || pair.First == pair.Second)
            && (_samples.Count == 0 || shape.SequenceEqual(ShapeOf(_samples[0].Array)));
        if (!fits || array.Count == 0)
            throw CalibrationProblem.Of(path, $"the array for the input '{_slot.Name}' has the shape [{string.Join(", ", array.Shape)}]",
                $"expected [{string.Join(", ", _slot.Shape.Select((size, axis) => axis == 0 ? "samples" : size < 0 ? "any" : $"{size}"))}]{Hint(array)}");
        _samples.AddRange(Enumerable.Range(0, array.Shape[0]).Select(index => (array, index)));
    }

    private string Hint(NumpyArray array) =>
        !_channelsLast && array.Shape.Count == _slot.Shape.Count && array.Shape.Count > 2 && _slot.Shape.Count > 1 && array.Shape[^1] == _slot.Shape[1]
            ? ", or the layout nhwc if the channels of the data are last" : "";

    // The shape of one sample as the model takes it.
    private int[] ShapeOf(NumpyArray array) => _channelsLast && array.Shape.Count > 2
        ? [array.Shape[^1], .. array.Shape.Skip(1).Take(array.Shape.Count - 2)]
        : [.. array.Shape.Skip(1)];

    private (float, float)[] AffineOf(Preprocessing preprocessing, string path)
    {
        var channels = Math.Max(preprocessing.Mean?.Count ?? 1, preprocessing.Std?.Count ?? 1);
        if (preprocessing.Mean is { } mean && preprocessing.Std is { } std && mean.Count > 1 && std.Count > 1 && mean.Count != std.Count)
            throw CalibrationProblem.Of(path, $"the preprocessing has {mean.Count} means and {std.Count} deviations", "give mean and std one number, or one a channel");
        if (channels > 1 && (_shape.Length == 0 || _shape[0] != channels))
            throw CalibrationProblem.Of(path, $"the preprocessing has {channels} channels and the input '{_slot.Name}' has {(_shape.Length == 0 ? 1 : _shape[0])}",
                "give mean and std one number, or one a channel");
        if (preprocessing.Std?.Any(value => value == 0 || !double.IsFinite(value)) == true)
            throw CalibrationProblem.Of(path, "the preprocessing divides by zero", "give std other than zero");
        return preprocessing.Affine(_channelsLast ? _shape[0] : channels);
    }

    private void CheckFinite(NumpyArray array, string path)
    {
        if (array.Type is not (NumpyType.Float16 or NumpyType.Float32 or NumpyType.Float64)) return;

        for (var at = 0; at < array.Count; at++)
            if (!double.IsFinite(array[at]))
                throw CalibrationProblem.Of(path, $"the array for the input '{_slot.Name}' has {array[at]} in sample {at / Math.Max(1, array.Count / array.Shape[0])}", "expected finite numbers");
    }
}

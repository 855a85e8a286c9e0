using System.Runtime.InteropServices;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Random values for an input that nobody gave data for: of each sample with a spread and a level of its own, so that samples differ.</summary>
internal static class DrawnSamples
{
    /// <summary>Enough to tell how far outputs go off.</summary>
    internal const int Count = 500;

    private const double SmallestSpread = 0.25, LargestSpread = 2;

    /// <summary>Draws the samples of an input.</summary>
    /// <param name="slot">The input as the model declares it.</param>
    /// <param name="shape">Its shape with free dimensions fixed; the first axis counts samples.</param>
    /// <param name="file">The model's file, for messages.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <exception cref="TimeModel.InputException">FDI3016 when the input does not take real numbers.</exception>
    internal static InputSamples Of(InputSlot slot, IReadOnlyList<int> shape, string file, Random random)
    {
        if (slot.Type is not (DataType.Float or DataType.Double or DataType.Float16))
            throw CalibrationProblem.Of(file, $"there are none, and the model's input '{slot.Name}' takes other than real numbers, which cannot be drawn at random", "give some samples");

        var each = shape.Skip(1).Aggregate(1, (product, size) => product * size);
        var values = new float[Count * each];
        for (var sample = 0; sample < Count; sample++)
        {
            var (spread, level) = (SmallestSpread * Math.Pow(LargestSpread / SmallestSpread, random.NextDouble()), Normal(random));
            for (var at = 0; at < each; at++) values[sample * each + at] = (float)(level + spread * Normal(random));
        }

        var array = new NumpyArray(NumpyType.Float32, [Count, .. shape.Skip(1)], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        return new InputSamples(slot, [(file, array)], Preprocessing.None);
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

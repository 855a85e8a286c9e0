using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Samples for the inputs of a model, with labels where there are some.</summary>
public sealed class CalibrationData
{
    // Fewer say nothing about accuracy.
    private const int FewestSamples = 16;

    private static readonly string[] LabelNames = ["y", "label", "labels"];

    private CalibrationData(IReadOnlyList<InputSamples> inputs, IReadOnlyList<long>? labels, int? fixedBatch) =>
        (Inputs, Labels, FixedBatch) = (inputs, labels, fixedBatch);

    /// <summary>Number of samples.</summary>
    public int Count => Inputs[0].Count;

    /// <summary>The class of each sample; null when there are none.</summary>
    public IReadOnlyList<long>? Labels { get; }

    internal IReadOnlyList<InputSamples> Inputs { get; }

    /// <summary>Samples the model takes at once when it insists.</summary>
    internal int? FixedBatch { get; }

    /// <summary>Whether they are random numbers: they tell how far outputs go off, and nothing about accuracy.</summary>
    public bool AreDrawn { get; private init; }

    /// <summary>Draws random samples for a model that there are no data for.</summary>
    /// <param name="model">The model they are for.</param>
    /// <param name="file">The file it came from, for messages.</param>
    /// <param name="dimensions">Sizes for the dimensions the model leaves open; the number of samples in a batch is chosen here.</param>
    /// <param name="seed">Where the numbers start.</param>
    /// <exception cref="InputException">FDI3016 when an input takes other than real numbers.</exception>
    public static CalibrationData Drawn(ModelProto model, string file, FreeDimensions dimensions, int seed)
    {
        var copy = model.Clone();
        dimensions.Fix(copy);
        var (slots, random) = (InputSlot.Of(model, file), new Random(seed));
        if (slots.Count == 0) throw CalibrationProblem.Of(file, "the model has no inputs", "such a model cannot be compressed");

        var inputs = slots.Zip(InputSlot.Of(copy, file), (slot, whole) => DrawnSamples.Of(slot, whole.Shape, file, random)).ToList();
        return new CalibrationData(inputs, null, slots.Select(slot => slot.FixedBatch).Max()) { AreDrawn = true };
    }

    /// <summary>Reads calibration data for a model.</summary>
    /// <param name="path">An .npz or .npy file, a folder of them, an ONNX test_data_set folder, or a folder of those.</param>
    /// <param name="model">The model they are for.</param>
    /// <param name="preprocessing">How values become inputs.</param>
    /// <exception cref="InputException">FDI3002 when there is nothing, FDI3016 when it cannot be used.</exception>
    public static CalibrationData Read(string path, ModelProto model, Preprocessing? preprocessing = null)
    {
        var parts = CalibrationFiles.Read(path);
        var slots = InputSlot.Of(model, path);
        var inputs = slots.Select((slot, position) => new InputSamples(slot,
            parts.Select(part => (part.Path, slot.ArrayIn(part, position, slots.Count == 1))).ToList(),
            (preprocessing ?? Preprocessing.None).WithDefaults(parts[0].Arrays))).ToList();
        if (inputs.Count == 0) throw CalibrationProblem.Of(path, "the model has no inputs", "such a model cannot be compressed");
        if (inputs.Find(input => input.Count != inputs[0].Count) is { } other)
            throw CalibrationProblem.Of(path, $"there are {inputs[0].Count} samples of '{inputs[0].Name}' and {other.Count} of '{other.Name}'", "expected as many of each");
        if (inputs[0].Count < FewestSamples)
            throw CalibrationProblem.Of(path, $"there are {inputs[0].Count} samples", $"expected at least {FewestSamples}, better some hundreds");

        return new CalibrationData(inputs, LabelsOf(parts, inputs[0].Count), slots.Select(slot => slot.FixedBatch).Max());
    }

    private static List<long>? LabelsOf(IReadOnlyList<CalibrationPart> parts, int count)
    {
        var arrays = parts.Select(part => (part.Path, Array: LabelNames.Select(part.Arrays.GetValueOrDefault).FirstOrDefault(array => array is not null))).ToList();
        if (arrays.TrueForAll(part => part.Array is null)) return null;

        var labels = new List<long>();
        foreach (var (path, array) in arrays)
        {
            if (array is null || array.Shape.Count == 0 || array.Count != array.Shape[0] || array.Type is NumpyType.Float16 or NumpyType.Float32 or NumpyType.Float64)
                throw CalibrationProblem.Of(path, "its labels are missing or no list of integers", "expected an array 'y' with the class of each sample");
            labels.AddRange(Enumerable.Range(0, array.Count).Select(index => (long)array[index]));
        }

        return labels.Count == count ? labels : throw CalibrationProblem.Of(parts[0].Path, $"there are {labels.Count} labels for {count} samples", "expected one a sample");
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>
/// What a model gives for some samples, sample by sample: the numbers of its first output where samples have labels, which say what that
/// should be; otherwise of all its outputs, one after the other.
/// </summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Parts">How many numbers of a sample each output has.</param>
/// <param name="Values">The numbers, sample by sample.</param>
/// <param name="IsScores">Whether they look like one score a class.</param>
internal sealed record ModelOutputs(int Samples, IReadOnlyList<int> Parts, float[] Values, bool IsScores)
{
    // Of images and the like, so many evenly spaced numbers of a sample tell how far all are off.
    private const int MostOfPart = 4096;

    /// <summary>Numbers of each sample.</summary>
    internal int PerSample { get; } = Parts.Sum();

    /// <summary>Runs a model over samples.</summary>
    /// <exception cref="InputException">FDI3016 when the model does not run on them.</exception>
    internal static ModelOutputs Of(ModelProto model, CalibrationSamples samples, CancellationToken cancellation)
    {
        var collected = new Collected(Judged(model, samples.HasLabels));
        using var run = new ActivationRun(model, collected.Names);
        run.Over(samples, cancellation, (batch, tensors) => collected.Add(batch.Count, tensors));
        return collected.Joined(samples);
    }

    /// <summary>As the other, from where the samples are in the model already.</summary>
    internal static ModelOutputs Of(ModelProto model, CalibrationSamples samples, PrefixCache prefix, CancellationToken cancellation)
    {
        var collected = new Collected(Judged(model, samples.HasLabels));
        foreach (var (outputs, count) in prefix.Outputs(collected.Names, cancellation).Zip(prefix.Counts)) collected.Add(count, name => outputs[name]);
        return collected.Joined(samples);
    }

    /// <summary>The class with the highest score.</summary>
    internal int ClassOf(int sample) => Values.AsSpan(sample * PerSample, PerSample) is var scores && !scores.IsEmpty
        ? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores)
        : -1;

    /// <summary>Mean square of the difference from other outputs, as a share of how much those vary; of several outputs, of the one that is off most.</summary>
    internal double SquareErrorFrom(ModelOutputs original)
    {
        var (worst, first) = (0.0, 0);
        foreach (var part in Parts)
        {
            worst = Math.Max(worst, SquareErrorFrom(original, first, part));
            first += part;
        }

        return worst;
    }

    private double SquareErrorFrom(ModelOutputs original, int first, int count)
    {
        var (difference, energy) = (0.0, 0.0);
        for (var at = first; at < first + count; at++)
        {
            var mean = 0.0;
            for (var sample = 0; sample < Samples; sample++) mean += original.Values[sample * PerSample + at] / (double)Samples;
            for (var sample = 0; sample < Samples; sample++)
            {
                var (was, now) = (original.Values[sample * PerSample + at], Values[sample * PerSample + at]);
                difference += (double)(now - was) * (now - was);
                energy += (was - mean) * (was - mean);
            }
        }

        return double.IsFinite(difference) ? difference / Math.Max(energy, 1e-30) : double.PositiveInfinity;
    }

    private static List<string> Judged(ModelProto model, bool hasLabels)
    {
        var outputs = model.Graph.Output;
        var real = hasLabels ? [] : outputs.Where(output => output.Type?.TensorType is { ElemType: (int)DataType.Float or (int)DataType.Double or (int)DataType.Float16 }).Select(output => output.Name).ToList();
        return real.Count > 0 ? real : [outputs[0].Name];
    }

    // All scores count.
    private static float[] Some(float[] values, int samples, int rank)
    {
        var each = samples == 0 ? 0 : values.Length / samples;
        if (rank <= 2 || each <= MostOfPart) return values;

        var some = new float[samples * MostOfPart];
        for (var at = 0; at < some.Length; at++) some[at] = values[at / MostOfPart * each + (int)((long)(at % MostOfPart) * each / MostOfPart)];
        return some;
    }

    private static float[] Floats(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        TensorElementType.Double => [.. value.GetTensorDataAsSpan<double>().ToArray().Select(number => (float)number)],
        TensorElementType.Float16 => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(value.GetTensorMutableRawData()).ToArray().Select(number => (float)number)],
        var other => throw new InputException(DiagnosticCode.CalibrationUnusable,
            $"The model's first output has elements of type {other}. Expected real numbers, by which accuracy can be judged."),
    };

    /// <summary>Takes in outputs batch by batch.</summary>
    private sealed class Collected(List<string> names)
    {
        private readonly List<List<float>> _parts = [.. names.Select(_ => new List<float>())];
        private int _samples, _rank;

        internal IReadOnlyList<string> Names => names;

        internal void Add(int samples, Func<string, OrtValue> tensors)
        {
            foreach (var (name, part) in names.Zip(_parts))
            {
                var output = tensors(name);
                _rank = output.GetTensorTypeAndShape().Shape.Length;
                part.AddRange(Some(Floats(output), samples, _rank));
            }

            _samples += samples;
        }

        internal ModelOutputs Joined(CalibrationSamples samples)
        {
            var sizes = _parts.Select(part => _samples == 0 ? 0 : part.Count / _samples).ToArray();
            var (each, first) = (sizes.Sum(), 0);
            var values = new float[_samples * each];
            foreach (var (part, size) in _parts.Zip(sizes))
            {
                for (var sample = 0; sample < _samples; sample++) part.CopyTo(sample * size, values, sample * each + first, size);
                first += size;
            }

            return new ModelOutputs(_samples, sizes, values, IsScores: names.Count == 1 && _rank == 2 && each > 1 && !samples.Data.AreDrawn);
        }
    }
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>What a model gives for some samples: the numbers of its first output, sample by sample.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="PerSample">Numbers of each.</param>
/// <param name="Values">The numbers.</param>
/// <param name="IsScores">Whether they look like one score a class.</param>
internal sealed record ModelOutputs(int Samples, int PerSample, float[] Values, bool IsScores)
{
    /// <summary>Runs a model over samples.</summary>
    /// <exception cref="InputException">FDI3016 when the model does not run on them.</exception>
    internal static ModelOutputs Of(ModelProto model, CalibrationSamples samples, CancellationToken cancellation)
    {
        using var run = new ActivationRun(model, [model.Graph.Output[0].Name]);
        var values = new List<float>();
        var (count, rank) = (0, 0);
        run.Over(samples, cancellation, (batch, tensors) =>
        {
            var output = tensors(model.Graph.Output[0].Name);
            rank = output.GetTensorTypeAndShape().Shape.Length;
            values.AddRange(Floats(output));
            count += batch.Count;
        });
        var each = count == 0 ? 0 : values.Count / count;
        return new ModelOutputs(count, each, [.. values], rank == 2 && each > 1);
    }

    /// <summary>The class with the highest score.</summary>
    internal int ClassOf(int sample) => Values.AsSpan(sample * PerSample, PerSample) is var scores && !scores.IsEmpty
        ? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores)
        : -1;

    /// <summary>Mean square of the difference from other outputs, as a share of how much those vary.</summary>
    internal double SquareErrorFrom(ModelOutputs original)
    {
        var (difference, energy) = (0.0, 0.0);
        for (var at = 0; at < PerSample; at++)
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

    private static float[] Floats(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        TensorElementType.Double => [.. value.GetTensorDataAsSpan<double>().ToArray().Select(number => (float)number)],
        TensorElementType.Float16 => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(value.GetTensorMutableRawData()).ToArray().Select(number => (float)number)],
        var other => throw new InputException(DiagnosticCode.CalibrationUnusable,
            $"The model's first output has elements of type {other}. Expected real numbers, by which accuracy can be judged."),
    };
}

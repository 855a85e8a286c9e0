using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Optimizes every unpacked model of the ONNX backend tests: each must stay as it is, or give the recorded outputs. Widths of single operators
/// are visible at inputs and outputs, so that nothing can change; put between products with identity matrices, they compute the same and can.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="enclosed">Whether to put the models between identity matrices.</param>
internal sealed class BackendRun(DeviceModel device, bool enclosed)
{
    private const double Tolerance = 1e-4;

    private static readonly ExactOptions Eager = new() { Steering = new SteeringOptions { SmallestGain = 0, SmallestGroupGain = 0 } };

    internal int Run(IEnumerable<string> folders)
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            var outcome = Try(file);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        foreach (var (outcome, count) in outcomes) Console.WriteLine($"{count} {outcome}");
        return outcomes.Keys.Any(outcome => outcome.StartsWith("WRONG", StringComparison.Ordinal)) ? 1 : 0;
    }

    private string Try(string file)
    {
        ModelProto? original = null;
        try
        {
            original = enclosed ? BetweenIdentities.Read(file) : OnnxFile.Read(file);
            if (original is null) return "not comparable: other types, or numbers that are not finite";

            var (model, report) = ExactOptimizer.Optimize(original, file, device, Eager);
            if (model is null) return report.Verification is { Passed: false } ? Tell(file, $"undone: {report.Unchanged}", "undone after comparing") : "left alone";

            var difference = Directory.EnumerateDirectories(Path.GetDirectoryName(file)!, "test_data_set_*").Max(data => Difference(model, data));
            return difference <= Tolerance ? "changed, outputs as recorded" : Tell(file, $"differs by {difference}", "WRONG: changed, outputs differ from the recorded ones");
        }
        catch (InputException e)
        {
            return RuntimeAccepts(original?.ToByteArray() ?? File.ReadAllBytes(file)) ? Tell(file, e.Message, "WRONG: refused, though the runtime loads it") : $"refused with a coded error ({e.Finding.Code}), as the runtime does";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Tell(file, e.ToString(), "WRONG: crashed");
        }
    }

    private static bool RuntimeAccepts(byte[] model)
    {
        try
        {
            using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1);
            Runtime.Open(model, options, file: null).Dispose();
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static string Tell(string file, string what, string outcome)
    {
        Console.WriteLine($"{file}: {what}");
        return outcome;
    }

    // The recorded inputs become constants, so that nothing has to be fed.
    private static double Difference(ModelProto model, string data)
    {
        var closed = model.Clone();
        closed.IrVersion = Math.Max(closed.IrVersion, 4);
        foreach (var (input, index) in closed.Graph.Input.ToList().Select((input, index) => (input, index)))
            if (Path.Combine(data, FormattableString.Invariant($"input_{index}.pb")) is var recorded && File.Exists(recorded))
            {
                var tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(recorded));
                tensor.Name = input.Name;
                if (closed.Graph.Initializer.FirstOrDefault(constant => constant.Name == input.Name) is { } old) closed.Graph.Initializer.Remove(old);
                closed.Graph.Initializer.Add(tensor);
                closed.Graph.Input.Remove(input);
            }

        using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1);
        using var session = Runtime.Open(closed.ToByteArray(), options, data);
        using var run = new RunOptions();
        using var outputs = session.Run(run, new Dictionary<string, OrtValue>(), session.OutputNames);
        return outputs.Select((output, index) => Difference(output, Path.Combine(data, FormattableString.Invariant($"output_{index}.pb")))).DefaultIfEmpty(0).Max();
    }

    private static double Difference(OrtValue output, string recorded)
    {
        var expected = TensorValues.Numbers(TensorProto.Parser.ParseFrom(File.ReadAllBytes(recorded)));
        var actual = output.GetTensorDataAsSpan<float>();
        if (expected.Count != actual.Length) return double.PositiveInfinity;

        var (largest, magnitude) = (0.0, expected.Select(Math.Abs).DefaultIfEmpty(1).Max());
        for (var index = 0; index < actual.Length; index++) largest = Math.Max(largest, Math.Abs(actual[index] - expected[index]));
        return largest / Math.Max(magnitude, double.Epsilon);
    }
}

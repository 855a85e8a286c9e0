using System.Text.Json;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Measuring;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>The share of a run that operators take, by the runtime's own profile. The profile adds about a microsecond a node, so small operators are overstated.</summary>
internal static class OperatorShares
{
    private const int Runs = 30;

    /// <summary>The share of some operators, between 0 and 1.</summary>
    internal static double Of(ModelProto model, string file, IReadOnlyCollection<string> operators)
    {
        var prefix = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var profile = Profile(model, file, prefix);
        try
        {
            using var stream = File.OpenRead(profile);
            using var events = JsonDocument.Parse(stream);
            var nodes = events.RootElement.EnumerateArray()
                .Where(item => item.GetProperty("cat").GetString() == "Node" && item.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal))
                .Select(item => (Operator: item.GetProperty("args").GetProperty("op_name").GetString(), Duration: item.GetProperty("dur").GetDouble())).ToList();
            return nodes.Where(node => operators.Contains(node.Operator)).Sum(node => node.Duration) / nodes.Sum(node => node.Duration);
        }
        finally
        {
            File.Delete(profile);
        }
    }

    private static string Profile(ModelProto model, string file, string prefix)
    {
        using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1);
        Runtime.FindExternalData(options, file);
        options.ProfileOutputPathPrefix = prefix;
        options.EnableProfiling = true;
        using var runner = new ModelRunner(Runtime.Open(model.ToByteArray(), options, file), file);
        runner.Time(Runs);
        return runner.Session.EndProfiling();
    }
}

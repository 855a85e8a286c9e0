using System.Diagnostics;
using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>Optimizes models for a device and tells what came out.</summary>
internal static class Optimizing
{
    internal static int Run(string device, IEnumerable<string> models, bool details)
    {
        var target = DeviceModelFile.Read(File.ReadAllText(device), device);
        foreach (var file in models)
        {
            var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var result = ExactOptimizer.Optimize(OnnxFile.Read(file), file, target);
            var (model, report) = (result.Model, result.Report);
            Console.WriteLine(FormattableString.Invariant($"{file}: {report.Before.Milliseconds:0.000} -> {report.After.Milliseconds:0.000} ms, weights x{(double)report.WeightBytesAfter / report.WeightBytesBefore:0.00}, ")
                + $"{report.Widths.Count(width => width.After != width.Before)} of {report.Widths.Count} widths, {report.Unchanged ?? $"equal to {report.Verification!.MaxRelativeDifference:0.0e+0}"}, in {watch.ElapsedMilliseconds} ms, processors busy {(long)(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds} ms");
            if (model is not null && Environment.GetEnvironmentVariable("OUT") is { } folder) OnnxFile.Write(model, Path.Combine(folder, Path.GetFileName(file)));
            if (!details) continue;

            foreach (var width in report.Widths) Console.WriteLine(FormattableString.Invariant($"  {width.Before} -> {width.After} saves {width.GainNanoseconds / 1000:0.0} us: {string.Join(", ", width.Nodes)} {width.Kept}"));
            foreach (var layer in report.Layers) Console.WriteLine(FormattableString.Invariant($"    {layer.BeforeNanoseconds / 1000:0.0} -> {layer.AfterNanoseconds / 1000:0.0} us {layer.Kind} {layer.Name}"));
        }

        return 0;
    }
}

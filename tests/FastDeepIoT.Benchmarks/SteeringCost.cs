using System.Diagnostics;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// What optimizing costs, part by part, in processor time: width groups, the runtime's graph, the search, verification. Every model is
/// optimized twice; the second time counts, when the code is compiled.
/// </summary>
internal sealed class SteeringCost(DeviceModel device)
{
    internal int Run(IEnumerable<string> files)
    {
        Console.WriteLine("| model | width groups | runtime graph | first prediction | search | verification | all |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var file in ModelFiles.In(files))
        {
            var model = OnnxFile.Read(file);
            Parts(model, file);
            Console.WriteLine($"| {Path.GetFileNameWithoutExtension(file)} | {string.Join(" | ", Parts(model, file).Select(time => FormattableString.Invariant($"{time.TotalMilliseconds:0.0} ms")))} |");
        }

        return 0;
    }

    private List<TimeSpan> Parts(ModelProto model, string file)
    {
        var times = new List<TimeSpan>();
        var copy = model.Clone();
        FreeDimensions.None.Fix(copy);
        times.Add(Time(() => WidthGroups.Of(model, file)));
        RuntimeGraph? runtime = null;
        times.Add(Time(() => runtime = RuntimeGraph.Of(copy, file)));
        times.Add(Time(() => device.Predict(runtime!.Network)));
        var study = ExactStudy.Of(model, file, device, new ExactOptions());
        times.Add(Time(() => study.Choose(null, CancellationToken.None)));
        times.Add(Time(() => Verifier.Compare(model, model, file)));
        times.Add(Time(() => ExactOptimizer.Optimize(model, file, device)));
        return times;
    }

    private static TimeSpan Time(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }
}

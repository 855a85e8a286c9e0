using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Measuring;

namespace FastDeepIoT.Benchmarks;

/// <summary>Measures the models of the curves that may be in a table, each task's in turn.</summary>
internal static class CompressionTimes
{
    /// <summary>What nobody would look at loses more.</summary>
    internal const double LargestDrop = 0.03;

    // Beyond the error of predictions.
    private const double ClearlySlower = 1.3;

    internal static int Measure(string folder, IReadOnlyList<string> tasks)
    {
        foreach (var task in Directory.EnumerateDirectories(folder).Where(path => tasks.Count == 0 || tasks.Contains(Path.GetFileName(path))).Order(StringComparer.Ordinal))
        {
            var points = CurvePoint.Read(task);
            var files = points.Where(point => MayBeCompared(point, points)).Select(point => point.File).ToList();
            var times = ModelStopwatch.Measure([.. files.Select(file => new TimedModel(Fixed(Path.Combine(task, file)), file))], threads: 1);
            CurvePoint.WriteTimes(task, files.Zip(times).Select(pair => (pair.First, pair.Second.MedianNanoseconds / 1e3, pair.Second.Quiet)));
            Console.WriteLine($"{Path.GetFileName(task)}: {files.Count} models, {times.Count(time => !time.Quiet)} not quiet");
        }

        return 0;
    }

    // All of ours that are accurate enough; of the others those that none of the same method is predicted to beat clearly in time and accuracy.
    private static bool MayBeCompared(CurvePoint point, IReadOnlyList<CurvePoint> points) => point.Accuracy >= points[0].Accuracy - CompressionTables.LargestDrop
        && (point.Method == TaskCurves.Ours || point.PredictedUs <= ClearlySlower * points.Where(other => other.Method == point.Method && other.Accuracy >= point.Accuracy).Min(other => other.PredictedUs));

    private static ModelProto Fixed(string path)
    {
        var model = OnnxFile.Read(path);
        FreeDimensions.None.Fix(model);
        return model;
    }
}

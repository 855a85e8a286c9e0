using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>
/// Times the models of a folder and keeps the times in a file, so that many device models can be judged by one measurement. On a shared
/// machine whole minutes are slower than others, which no measurement notices from within: every pass measures again what was not yet
/// measured twice with the same result.
/// </summary>
internal static class MeasuredTimes
{
    private const int MostPasses = 7;

    // Models that are timed in turn evict each other's weights from the caches; few at once do so little.
    private const int MostModelsAtOnce = 6;

    /// <summary>One pass, added to the file if there is one.</summary>
    internal static int Write(string folder, string file, int threads)
    {
        var measured = Pass(Found(folder, File.Exists(file) ? MeasuredFile.Read(file) : []), folder, threads);
        MeasuredFile.Save(measured, file);
        Console.WriteLine($"{measured.Count(one => one.Agrees)} of {measured.Count} models have a time that was measured twice");
        return 0;
    }

    /// <summary>All passes.</summary>
    internal static IReadOnlyList<MeasuredFile> Measure(string folder, int threads)
    {
        var measured = Found(folder, []);
        for (var pass = 0; pass < MostPasses; pass++) measured = Pass(measured, folder, threads);
        return measured;
    }

    private static List<MeasuredFile> Pass(IReadOnlyList<MeasuredFile> before, string folder, int threads)
    {
        var after = before.ToDictionary(one => one.Path);
        foreach (var some in before.Where(one => !one.Agrees).Chunk(MostModelsAtOnce))
        {
            var times = ModelStopwatch.Measure([.. some.Select(one => Fixed(Path.Combine(folder, one.Path)))], threads);
            foreach (var (one, time) in some.Zip(times)) after[one.Path] = one.With(time.MedianNanoseconds);
        }

        return [.. before.Select(one => after[one.Path])];
    }

    private static List<MeasuredFile> Found(string folder, IEnumerable<MeasuredFile> before)
    {
        var known = before.ToDictionary(one => one.Path);
        return [.. Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(path => known.ContainsKey(path) || Runs(Path.Combine(folder, path)))
            .Select(path => known.GetValueOrDefault(path, new MeasuredFile(path, [])))];
    }

    private static bool Runs(string file)
    {
        try
        {
            var model = Fixed(file);
            using var trial = ModelRunner.Open(model.Model, threads: 1, file);
            trial.Run();
            return true;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"{file} is not timed: {e.Message}");
            return false;
        }
    }

    private static TimedModel Fixed(string file)
    {
        var model = OnnxFile.Read(file);
        FreeDimensions.None.Fix(model);
        return new TimedModel(model, file);
    }
}

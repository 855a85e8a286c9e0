using System.Diagnostics;

namespace FastDeepIoT.BuildTrials;

/// <summary>
/// Kills builds at random moments, with all they have started or alone. The build after each must deliver the right bytes, and no original may
/// have changed.
/// </summary>
internal sealed class KillTrial
{
    private const int Models = 6;
    private const int Versions = 4;

    private readonly Random _random;
    private readonly TrialProject _project;
    private readonly string _results;
    private readonly byte[][] _originals = [.. Enumerable.Range(0, Versions).Select(version => Google.Protobuf.MessageExtensions.ToByteArray(TrialModels.Make(version)))];
    private readonly byte[][] _expected = new byte[Versions][];
    private readonly int[] _versions = new int[Models];
    private TimeSpan _usual;

    private KillTrial(Feed feed, int seed)
    {
        _random = new Random(seed);
        _results = Path.Combine(feed.Root, "results");
        _project = new TrialProject(feed, "app", package: true);
    }

    /// <summary>Prints what came out; 0 when every build after a killed one was right.</summary>
    internal static int Run(int seed, int count)
    {
        var folder = Directory.CreateTempSubdirectory("fastdeepiot-trial-");
        try
        {
            return Run(Feed.Create(folder.FullName), seed, count, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The same in a folder that stays, packing only once, for so many seconds at most.</summary>
    internal static int RunIn(string folder, int seed, int seconds) =>
        Run(File.Exists(Path.Combine(folder, "version")) ? Feed.Open(folder) : Feed.Create(folder), seed, int.MaxValue, TimeSpan.FromSeconds(seconds));

    private static int Run(Feed feed, int seed, int count, TimeSpan? time)
    {
        var trial = new KillTrial(feed, seed);
        trial.Prepare();
        var (start, build, killed, wrong) = (Stopwatch.GetTimestamp(), 0, 0, 0);
        for (; build < count && (time is null || Stopwatch.GetElapsedTime(start) < time); build++)
        {
            if (trial.KillOne()) killed++;
            if (trial.Check() is not { } problem) continue;
            Console.WriteLine($"build {build}: {problem}");
            wrong++;
        }

        Console.WriteLine($"seed {seed}: {build} builds, {killed} killed before their end, {wrong} wrong afterwards");
        return wrong == 0 ? 0 : 1;
    }

    /// <summary>Learns what a build that nobody disturbs delivers, and how long it takes.</summary>
    private void Prepare()
    {
        _project.Create();
        for (var model = 0; model < Models; model++) Write(model, model % Versions);
        _project.Restore();
        _project.Build();
        for (var version = 0; version < Versions; version++) _expected[version] = File.ReadAllBytes(_project.DeliveredPath(Name(version)));
        _project.RemoveOutputs();
        var start = Stopwatch.GetTimestamp();
        _project.Build();
        _usual = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Changes something, starts a build and kills it; false when it was faster.</summary>
    private bool KillOne()
    {
        if (_random.Next(3) == 0) _project.RemoveOutputs();
        if (_random.Next(4) == 0 && Directory.Exists(_results)) Directory.Delete(_results, recursive: true);
        for (var change = _random.Next(1, Models); change > 0; change--) Write(_random.Next(Models), _random.Next(Versions));

        using var build = _project.StartBuild(_results);
        Task[] reading = [build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync()];
        var finished = build.WaitForExit(_random.NextDouble() * _usual);
        if (!finished) build.Kill(entireProcessTree: _random.Next(2) == 0);
        build.WaitForExit();
        Task.WaitAll(reading);
        return !finished;
    }

    private string? Check()
    {
        try
        {
            BuildAgain();
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }

        for (var model = 0; model < Models; model++)
        {
            if (!File.ReadAllBytes(_project.ModelPath(Name(model))).AsSpan().SequenceEqual(_originals[_versions[model]])) return $"the original of {Name(model)} changed";
            if (!File.ReadAllBytes(_project.DeliveredPath(Name(model))).AsSpan().SequenceEqual(_expected[_versions[model]])) return $"{Name(model)} is not what it should be";
        }

        return null;
    }

    // A compiler that outlives its build still writes its assembly, which is not ours to judge.
    private void BuildAgain()
    {
        try
        {
            _project.Build(_results);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("used by another process", StringComparison.Ordinal))
        {
            Thread.Sleep(TimeSpan.FromSeconds(3));
            _project.Build(_results);
        }
    }

    private void Write(int model, int version)
    {
        _versions[model] = version;
        File.WriteAllBytes(_project.ModelPath(Name(model)), _originals[version]);
    }

    private static string Name(int model) => $"m{model}";
}

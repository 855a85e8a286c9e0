using System.Diagnostics;

namespace FastDeepIoT.BuildTrials;

/// <summary>
/// Kills builds at random moments, with all they have started or alone. The build after each must deliver the right bytes, and no original may
/// have changed. Builds that are killed are processes of their own; those after them run in MSBuild's server, which is several times faster.
/// </summary>
internal sealed class KillTrial
{
    private const int Models = 4;
    private const int Versions = 4;

    // How the time within which a build is killed follows the builds: one that was killed may have taken longer.
    private const double Longer = 1.05;

    private readonly Random _random;
    private readonly TrialProject _project;
    private readonly string _results;
    private readonly byte[][] _originals = [.. Enumerable.Range(0, Versions).Select(version => Google.Protobuf.MessageExtensions.ToByteArray(TrialModels.Make(version)))];
    private readonly byte[][] _expected = new byte[Versions][];
    private readonly int[] _versions = new int[Models];
    private readonly TimeSpan[] _usual = new TimeSpan[2];

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

        trial._project.EndWarm();
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
        for (var kind = _usual.Length - 1; kind >= 0; kind--)
        {
            var start = Stopwatch.GetTimestamp();
            _project.Build();
            _usual[kind] = Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Changes something, starts a build and kills it; false when it was faster.</summary>
    private bool KillOne()
    {
        var kind = _random.Next(3) == 0 ? 1 : 0;
        if (kind == 1) _project.RemoveOutputs();
        if (_random.Next(4) == 0 && Directory.Exists(_results)) Directory.Delete(_results, recursive: true);
        for (var change = _random.Next(1, Models); change > 0; change--) Write(_random.Next(Models), _random.Next(Versions));

        var start = Stopwatch.GetTimestamp();
        using var build = _project.StartBuild(_results);
        Task[] reading = [build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync()];
        var finished = build.WaitForExit(_random.NextDouble() * _usual[kind]);
        _usual[kind] = finished ? Stopwatch.GetElapsedTime(start) : Longer * _usual[kind];
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
            _project.BuildWarm(_results);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("used by another process", StringComparison.Ordinal))
        {
            Thread.Sleep(TimeSpan.FromSeconds(3));
            _project.BuildWarm(_results);
        }
    }

    private void Write(int model, int version)
    {
        _versions[model] = version;
        File.WriteAllBytes(_project.ModelPath(Name(model)), _originals[version]);
    }

    private static string Name(int model) => $"m{model}";
}

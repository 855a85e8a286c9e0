using System.CommandLine;
using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot profile</c>: measures this machine and learns its device model.</summary>
internal sealed class ProfileCommand
{
    private static readonly ProfileOptions Defaults = new() { JournalPath = "" };
    private readonly FitOptions _fit = new();
    private readonly Option<string?> _samples = Options.Output("--samples", "samples.csv", "Keep the measurements here, to fit again later.");
    private readonly Option<int?> _threads = Options.Count("--threads", "Threads that the application will give the runtime. [default: 1]");
    private readonly Option<Duration?> _time = Options.Duration("--time", "TIME",
        "How long to measure at most; less time means a less accurate model. [default: 30m]");

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a profile that was interrupted." };

    internal static Command Create()
    {
        var options = new ProfileCommand();
        var command = new Command("profile", "Measure small random networks on this machine and learn a device model from them.");
        options._fit.AddTo(command);
        foreach (var option in new Option[] { options._samples, options._threads, options._time, options._resume }) command.Add(option);
        command.SetWork(options.Run);
        return command.WithExamples(
            "profile --out device.json",
            "profile --out device.json --threads 2 --time 20m --samples samples.csv",
            "profile --out device.json --resume");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var target = _fit.Target(parse);
        var journal = target.File + ".journal";
        try
        {
            var samples = Measure(parse, journal, cancellation);
            if (parse.GetValue(_samples) is { } file) SampleFile.Write(file, samples);
            var device = target.Learn(samples);
            if (device.Provenance.Networks < Defaults.MostNetworks) Output.Result(ShortProfileText.Of(samples, device, Defaults.MostNetworks));
        }
        catch (Exception) when (Disk.HasFile(journal))
        {
            Console.Error.WriteLine($"What was measured is kept in '{journal}'; the same command with --resume goes on from there.");
            throw;
        }

        Disk.TryDelete(journal);
        return ExitCode.Done;
    }

    private SampleSet Measure(ParseResult parse, string journal, CancellationToken cancellation)
    {
        using var alone = MeasuringLock.Take();
        Output.Findings(alone.Findings);
        using var line = new ProgressLine();
        var watch = new ProfileWatch(line);
        var samples = Profiler.Run(
            new ProfileOptions
            {
                JournalPath = journal,
                Resume = parse.GetValue(_resume),
                Threads = parse.GetValue(_threads) ?? Defaults.Threads,
                Time = parse.GetValue(_time)?.TimeSpan ?? Defaults.Time,
            },
            watch,
            cancellation);
        line.Clear();
        Output.Findings(watch.Findings);
        return samples;
    }

    /// <summary>Shows progress, and remembers whether the machine was quiet.</summary>
    private sealed class ProfileWatch(ProgressLine line) : IProgress<ProfileProgress>
    {
        private const double TooDisturbed = 0.25;
        private double _disturbed;

        internal IEnumerable<Finding> Findings => _disturbed <= TooDisturbed ? [] :
        [
            new Finding(DiagnosticCode.Disturbed,
                $"Other load disturbed {Number.Percent(_disturbed)} of the readings, so the device model is less accurate than it could be. "
                + "Profile again while nothing else runs."),
        ];

        public void Report(ProfileProgress progress)
        {
            _disturbed = progress.DisturbedShare;
            var total = progress.Elapsed + progress.Remaining;
            var share = total > TimeSpan.Zero ? progress.Elapsed / total : 1;
            var next = progress.IsLearning ? ", learning which to measure next" : "";
            line.Show(share, Number.Count(progress.Networks, "network") + " measured" + next, progress.Remaining);
        }
    }
}

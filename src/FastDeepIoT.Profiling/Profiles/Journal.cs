using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>The networks measured so far, on disk as soon as they are measured.</summary>
internal sealed class Journal : IDisposable
{
    private const string TimeMark = "# seconds=";
    private static readonly TimeSpan LongestProfile = TimeSpan.FromDays(365);
    private readonly string _path;
    private readonly StreamWriter _writer;
    private readonly List<NetworkSample> _networks = [];
    private readonly Dictionary<int, List<int>> _seeds = [];

    private Journal(string path, IReadOnlyList<NetworkSample> networks, TimeSpan time)
    {
        (_path, Time) = (path, time);
        _writer = Writing(() => new StreamWriter(Disk.Append(path)) { NewLine = "\n" });
        foreach (var network in networks) Remember(network);
    }

    /// <summary>What was measured, and what was only looked at.</summary>
    internal IReadOnlyList<NetworkSample> Networks => _networks;

    /// <summary>Time spent before this journal was opened.</summary>
    internal TimeSpan Time { get; }

    /// <summary>The probes measured as often as this, in the order they were.</summary>
    internal IReadOnlyList<int> Visited(int visit) => _seeds.GetValueOrDefault(visit) ?? [];

    /// <summary>The first probe after all that were drawn.</summary>
    internal int NextSeed => _networks.Count == 0 ? 0 : _networks.Max(network => Probe.Origin(network.Seed)) + 1;

    /// <exception cref="InputException">FDI3013 when it is of another machine, runtime or number of threads; FDI3009 when it cannot be written.</exception>
    internal static Journal Open(string path, Provenance machine, bool resume)
    {
        var (networks, time) = resume && Disk.HasFile(path) ? Continue(path, machine) : ([], TimeSpan.Zero);

        // Whole before the old one goes: what took half an hour to measure is not lost when this is the end of it.
        WholeFile.Write(path, string.Concat(SampleFile.Head(machine).Concat(networks.SelectMany(SampleFile.Lines))
            .Concat(networks.Count > 0 ? [Mark(time)] : []).Select(line => line + "\n")));
        return new Journal(path, networks, time);
    }

    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    internal void Add(NetworkSample network, TimeSpan elapsed)
    {
        Remember(network);
        Writing(() =>
        {
            foreach (var line in SampleFile.Lines(network)) _writer.WriteLine(line);
            _writer.WriteLine(Mark(Time + elapsed));
            _writer.Flush();
            return _writer;
        });
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was written is flushed; what was not has been told.
        }
    }

    private void Remember(NetworkSample network)
    {
        _networks.Add(network);
        if (!network.IsTimed) return;
        if (!_seeds.TryGetValue(network.Visit, out var seeds)) _seeds[network.Visit] = seeds = [];
        seeds.Add(network.Seed);
    }

    private static string Mark(TimeSpan time) => TimeMark + time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private StreamWriter Writing(Func<StreamWriter> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.CannotWrite, $"The journal cannot be written: {e.Message} Check folder, rights and space.", _path, e);
        }
    }

    // Only networks followed by a whole time mark are whole: what ended the profile may have ended it within a line.
    private static (IReadOnlyList<NetworkSample> Networks, TimeSpan Time) Continue(string path, Provenance machine)
    {
        var lines = TextFile.ReadLines(path).ToList();
        var last = lines.FindLastIndex(line => TimeOf(line) is not null);
        if (last < 0) return ([], TimeSpan.Zero);

        var samples = SampleFile.Parse(lines.Take(last).Where(line => !line.StartsWith(TimeMark, StringComparison.Ordinal)).ToList(), path);
        return SamplePool.Difference(samples.Provenance, machine) is { } difference
            ? throw new InputException(DiagnosticCode.SamplesUnreadable, $"The journal is {difference}. Leave out --resume to start anew.", path)
            : (samples.Networks, TimeOf(lines[last])!.Value);
    }

    private static TimeSpan? TimeOf(string line) =>
        line.StartsWith(TimeMark, StringComparison.Ordinal)
        && double.TryParse(line[TimeMark.Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= LongestProfile.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
}

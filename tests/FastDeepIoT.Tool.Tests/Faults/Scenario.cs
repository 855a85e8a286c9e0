using System.Text.RegularExpressions;
using FastDeepIoT.Profiling;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.Tests.Building;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>A command with the files it reads and writes, in a folder of its own.</summary>
internal sealed partial class Scenario : IDisposable
{
    private const int CalibrationSamples = 24, FewestNetworks = 10;
    private static readonly string[] Kept = ["in"];
    private const string Journal = "device.json.journal";
    private readonly TemporaryFolder _folder = new();
    private readonly string _name;

    internal Scenario(string name)
    {
        Directory.CreateDirectory(_folder.At("in"));
        _folder.Write("in/device.json", TestDevices.Steps());
        _folder.Write("in/net.onnx", TestModels.Chain(13, 13, 8));
        _folder.Write("in/other.onnx", TestModels.Convolutions(16));
        _folder.Write("in/small.onnx", TestModels.Chain(8, 4));
        _folder.Write("in/long.onnx", TestModels.WithLongWeights(13, 8));
        _folder.Write("in/baseline.json", "{\n  \"schema\": \"fastdeepiot.latency-baseline/1\",\n  \"models\": []\n}\n");
        _folder.Write("in/request.rsp", string.Join('\n', [
            "protocol=1", "project=" + In("app.csproj"), "cache=" + _folder.At("cache"), .. Model("net.onnx", "exact"), .. Model("other.onnx", "none"), ""]));
        SampleFile.Write(In("samples.csv"), Samples());
        WriteCalibration(In("data.npz"));
        (_name, Arguments) = (name, Commands[name](this));
        Originals = Snapshot(Kept);
        Begin();
    }

    /// <summary>The commands that read and write files.</summary>
    internal static IReadOnlyDictionary<string, Func<Scenario, string[]>> Commands { get; } = new Dictionary<string, Func<Scenario, string[]>>
    {
        ["build"] = scenario => ["build", scenario.In("request.rsp")],
        ["predict"] = scenario => ["predict", scenario.In("net.onnx"), scenario.In("other.onnx"), "--device", scenario.In("device.json")],
        ["optimize"] = scenario => ["optimize", scenario.In("net.onnx"), "--device", scenario.In("device.json"), "--out", scenario.Out("net.onnx"),
            "--report", scenario.Out("report.json"), "--html", scenario.Out("report.html")],
        ["check"] = scenario => ["check", scenario.In("net.onnx"), "--device", scenario.In("device.json"), "--baseline", scenario.Out("baseline.json"), "--update-baseline",
            "--latency-budget", "1s", "--sarif", scenario.Out("out.sarif"), "--markdown", scenario.Out("out.md")],
        ["check against a baseline"] = scenario => ["check", scenario.In("net.onnx"), "--device", scenario.In("device.json"), "--baseline", scenario.In("baseline.json")],
        ["explain"] = scenario => ["explain", scenario.In("device.json"), "--html", scenario.Out("device.html")],
        ["fit"] = scenario => ["fit", scenario.In("samples.csv"), "--name", "steps", "--out", scenario.Out("device.json")],
        [LongWeights] = scenario => ["optimize", scenario.In("long.onnx"), "--device", scenario.In("device.json"), "--out", scenario.Out("long.onnx")],
        [Compress] = scenario => ["optimize", scenario.In("small.onnx"), "--mode", "compress", "--calibration", scenario.In("data.npz"), "--max-drop", "50%",
            "--device", scenario.In("device.json"), "--out", scenario.Out("net.onnx"), "--frontier", scenario.Out("frontier.html"),
            "--report", scenario.Out("report.json"), "--html", scenario.Out("report.html")],
        [Profile] = scenario => ["profile", "--out", scenario.Out("device.json"), "--samples", scenario.Out("samples.csv"), "--time", "1m", "--resume"],
        ["lint"] = scenario => ["lint", scenario.In("net.onnx"), "--device", scenario.In("device.json"), "--fix", scenario.Out("mended.onnx")],
    };

    /// <summary>The command that goes on from what was measured before: its time is over, so that what it learns is the same each time.</summary>
    internal const string Profile = "profile";

    /// <summary>Commands that do much to files, or take long.</summary>
    internal const string LongWeights = "optimize a model of long weights", Compress = "optimize --mode compress";

    internal string[] Arguments { get; }

    /// <summary>Where everything lies.</summary>
    internal TemporaryFolder Folder => _folder;

    /// <summary>What must stay as it is.</summary>
    internal IReadOnlyDictionary<string, string> Originals { get; }

    /// <summary>What the command wrote, by name; cache and journal apart, which may hold less or more.</summary>
    internal IReadOnlyDictionary<string, string> Outputs =>
        Snapshot(["out"]).Where(file => file.Key != Path.Combine("out", Journal)).ToDictionary(file => file.Key, file => file.Value);

    /// <summary>What lies anywhere in the folder.</summary>
    internal IReadOnlyDictionary<string, string> Everything => Snapshot([""]);

    /// <summary>What a run of another process left, temporary files of the tool too, where names drawn at random are all the same.</summary>
    internal string Left => string.Join('\n', Everything.Select(file => $"{Drawn.Replace(file.Key, "")} {file.Value}").Concat(Temporary).Order(StringComparer.Ordinal));

    /// <summary>The inputs as they are now.</summary>
    internal IReadOnlyDictionary<string, string> Inputs => Snapshot(Kept);

    /// <summary>Forgets what was written.</summary>
    internal void Clear()
    {
        foreach (var written in (string[])["out", "cache"])
            if (Directory.Exists(_folder.At(written))) Directory.Delete(_folder.At(written), recursive: true);
        Begin();
    }

    /// <summary>Puts there what a run begins with, and a run that went well takes away.</summary>
    internal void Begin()
    {
        if (_name != Profile) return;

        SampleFile.Write(Out(Journal), Samples() with { Provenance = Machine.Describe(threads: 1) });
        File.AppendAllText(Out(Journal), "# seconds=3600\n");
    }

    public void Dispose() => _folder.Dispose();

    internal string In(string name) => _folder.At(Path.Combine("in", name));

    internal string Out(string name) => _folder.At(Path.Combine("out", name));

    // The .NET runtime leaves files there too, when it is killed.
    private IEnumerable<string> Temporary => Directory.GetDirectories(_folder.Temporary, "fastdeepiot*")
        .SelectMany(folder => Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        .Concat(Directory.GetFiles(_folder.Temporary, "fastdeepiot*")).Select(file => Drawn.Replace(file, "")).Distinct();

    private IEnumerable<string> Model(string name, string mode) =>
    [
        "model=" + In(name), "name=" + name, "output=" + Out(name), "report=" + Out(name + ".fastdeepiot.json"), "mode=" + mode, "device=" + In("device.json"),
    ];

    // As few as can be learned from: that is done again and again.
    private static SampleSet Samples()
    {
        var samples = TestSamples.Steps();
        return samples with { Networks = [.. samples.Networks.Take(FewestNetworks)] };
    }

    private static void WriteCalibration(string path)
    {
        var random = new Random(3);
        NumpyWriter.Archive(path, ("x", NumpyWriter.Array("<f4",
            [.. Enumerable.Range(0, CalibrationSamples * 3 * 16 * 16).Select(_ => (float)random.NextDouble())], CalibrationSamples, 3, 16, 16)));
    }

    // Bytes as text: what differs is shown, and compares by value. Pages and reports hold no times of day.
    private SortedDictionary<string, string> Snapshot(string[] folders) => new(folders.Select(_folder.At).Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetRelativePath(_folder.Path, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);

    [GeneratedRegex("[0-9a-f]{32}(?=\\.tmp$)|(?<=fastdeepiot-)[^-/\\\\]{6}(?=[/\\\\]|$)")]
    private static partial Regex Drawn { get; }
}

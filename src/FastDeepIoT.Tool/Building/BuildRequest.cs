using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What a build asks for (docs/build-protocol.md).</summary>
/// <param name="Project">Files below it are named relative to it.</param>
/// <param name="Cache">The folder for results, or <see cref="CacheFolder.Off"/>; null for the user's own.</param>
/// <param name="Models">The models to work on.</param>
internal sealed record BuildRequest(ProjectFolder Project, string? Cache, IReadOnlyList<BuildModel> Models)
{
    private const string Protocol = "1";

    /// <summary>Whether the work is to stop when standard input ends.</summary>
    internal bool HasLifeline { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="InputException">FDI3002 when there is none, FDI3007 when it cannot be used.</exception>
    internal static BuildRequest Read(string path)
    {
        const int LargestText = 64 * 1024 * 1024;
        var lines = TextFile.Read(path, "build request", LargestText).Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && line[0] != '#');
        string? project = null, protocol = null, cache = null, lifeline = null;
        var models = new List<List<(string Key, string Value)>>();
        foreach (var (key, value) in lines.Select(Split))
            switch (key)
            {
                case "protocol" when models.Count == 0: protocol = value; break;
                case "project" when models.Count == 0: project = value; break;
                case "cache" when models.Count == 0: cache = value; break;
                case "lifeline" when models.Count == 0: lifeline = value; break;
                case "model": models.Add([(key, value)]); break;
                case var _ when models.Count > 0: models[^1].Add((key, value)); break;
                default: throw Unusable($"'{key}' stands before the first 'model'");
            }

        if (protocol != Protocol) throw Unusable($"its protocol is '{protocol}', this tool speaks '{Protocol}'");
        if (lifeline is not (null or Lifeline.StandardInput)) throw Unusable($"its lifeline is '{lifeline}', this tool knows '{Lifeline.StandardInput}'");
        return new BuildRequest(new ProjectFolder(Path.GetDirectoryName(project)), cache, [.. models.Select(BuildModel.Of)])
        {
            HasLifeline = lifeline is not null,
        };
    }

    /// <summary>FDI3007.</summary>
    internal static InputException Unusable(string reason) => new(DiagnosticCode.InvalidOption,
        $"The build request cannot be used: {reason}. Use the tool that comes with the FastDeepIoT.Build package.");

    private static (string Key, string Value) Split(string line) => line.IndexOf('=') is > 0 and var at
        ? (line[..at], line[(at + 1)..])
        : throw Unusable($"the line '{line}' is no key=value");
}

/// <summary>One model of a build.</summary>
internal sealed record BuildModel
{
    /// <summary>The original.</summary>
    public required string Source { get; init; }

    /// <summary>How to call it.</summary>
    public required string Name { get; init; }

    /// <summary>The model to write.</summary>
    public required string Output { get; init; }

    /// <summary>The report to write.</summary>
    public required string Report { get; init; }

    /// <summary>The file for the analyzer: at which sizes of its free dimensions the delivered model is slow.</summary>
    internal string ShapesFile => Output + ".shapes.json";

    /// <summary>none, exact or compress.</summary>
    public required string Mode { get; init; }

    /// <summary>A device model file or a built-in name; null for a stand-in.</summary>
    public string? Device { get; init; }

    /// <summary>The built-in model that stands in when no device is named; null for the one that fits this machine.</summary>
    public string? StandIn { get; init; }

    /// <summary>Sizes of free dimensions.</summary>
    public required FreeDimensions Dimensions { get; init; }

    /// <summary>What compress mode is asked for; null in other modes.</summary>
    public CalibrationRequest? Calibration { get; init; }

    /// <summary>Every line that names no file: with the content of the files, all that a result depends on.</summary>
    public required IReadOnlyList<(string Key, string Value)> Options { get; init; }

    /// <exception cref="InputException">FDI3007 when a key is missing, not known or means nothing.</exception>
    internal static BuildModel Of(IReadOnlyList<(string Key, string Value)> lines)
    {
        string[] known =
        [
            "model", "name", "output", "report", "mode", "device", "stand-in", "dim", "max-drop", "calibration", "judging", "scale", "mean", "std",
            "layout", "latency-budget",
        ];
        if (lines.FirstOrDefault(line => !known.Contains(line.Key)) is { Key: { } unknown })
            throw BuildRequest.Unusable($"it has the unknown key '{unknown}'");

        string[] files = ["model", "output", "report", "device", "stand-in", "calibration", "judging"];
        string Required(string key) => Last(key) ?? throw BuildRequest.Unusable($"the model '{lines[0].Value}' has no '{key}'");
        string? Last(string key) => lines.LastOrDefault(line => line.Key == key).Value;
        return new BuildModel
        {
            Source = Required("model"),
            Name = Required("name"),
            Output = Required("output"),
            Report = Required("report"),
            Mode = Required("mode"),
            Device = Last("device"),
            StandIn = Last("stand-in"),
            Dimensions = new FreeDimensions(lines.Where(line => line.Key == "dim").Select(line => Dimension(line.Value)).Reverse().DistinctBy(size => size.Key).ToDictionary()),
            Calibration = Required("mode") == "compress" ? BuildCalibration.Of(Last) : null,
            Options = [.. lines.Where(line => !files.Contains(line.Key)).Order()],
        };
    }

    private static KeyValuePair<string, long> Dimension(string text) =>
        text.LastIndexOf('=') is > 0 and var at
        && long.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? new(text[..at], size)
            : throw BuildRequest.Unusable($"'dim={text}' is not a name and a positive whole number");
}

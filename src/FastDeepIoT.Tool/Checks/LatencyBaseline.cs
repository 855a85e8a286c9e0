using System.Globalization;
using System.Text.Json;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// Predicted times to compare later ones with, as a file to commit: one line a model and device, in order, so that a change of one
/// model is a change of one line.
/// </summary>
internal sealed class LatencyBaseline
{
    private const string Schema = "fastdeepiot.latency-baseline/1";
    private const int LargestText = 16 * 1024 * 1024;
    private readonly SortedDictionary<(string Path, string Device), double> _entries = new(ByPath);
    private readonly string _folder;

    private static Comparer<(string Path, string Device)> ByPath { get; } = Comparer<(string Path, string Device)>.Create((one, other) =>
        string.CompareOrdinal(one.Path, other.Path) is not 0 and var order ? order : string.CompareOrdinal(one.Device, other.Device));

    /// <summary>An empty baseline that will lie at a path.</summary>
    internal LatencyBaseline(string file) => _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="InputException">FDI3002 when there is none, FDI3015 when it cannot be understood.</exception>
    internal static LatencyBaseline Read(string file)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
            throw new InputException(DiagnosticCode.FileNotFound, "There is no baseline here. Add --update-baseline once to write it.", file);

        var baseline = new LatencyBaseline(file);
        try
        {
            using var document = JsonDocument.Parse(TextFile.Read(file, "baseline", LargestText));
            var schema = document.RootElement.GetProperty("schema").GetString();
            if (schema != Schema) throw new FormatException($"its schema is '{schema}', not '{Schema}'");
            foreach (var entry in document.RootElement.GetProperty("models").EnumerateArray()) baseline.Add(entry);
            return baseline;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException(DiagnosticCode.BaselineUnreadable,
                $"Not a readable latency baseline: {e.Message} Take it from version control, or delete it and write it anew with "
                + "--update-baseline.", file, e);
        }
    }

    /// <summary>The predicted time of a model, or null when the baseline does not have it.</summary>
    internal double? Find(string model, string device) => _entries.TryGetValue((KeyOf(model), device), out var time) ? time : null;

    /// <summary>Sets the predicted time of a model.</summary>
    internal void Set(string model, string device, double nanoseconds) => _entries[(KeyOf(model), device)] = nanoseconds;

    /// <summary>Forgets models whose file is gone; what other projects or devices have is kept.</summary>
    internal void RemoveMissing()
    {
        foreach (var key in _entries.Keys.Where(key => !File.Exists(Path.Combine(_folder, key.Path))).ToList()) _entries.Remove(key);
    }

    /// <summary>Writes the baseline, whole or not at all.</summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    internal void Write(string file) => WholeFile.Write(file, Text());

    // One line an entry: diffs and merges work on lines.
    private string Text() => $"{{\n  \"schema\": \"{Schema}\",\n  \"models\": [\n"
        + string.Join(",\n", _entries.Select(entry => "    " + Line(entry.Key.Path, entry.Key.Device, entry.Value))) + "\n  ]\n}\n";

    private static string Line(string path, string device, double nanoseconds) =>
        $"{{\"path\": {JsonText.Quote(path)}, \"device\": {JsonText.Quote(device)}, \"predictedMs\": "
        + JsonText.Milliseconds(nanoseconds).ToString("R", CultureInfo.InvariantCulture) + "}";

    private void Add(JsonElement entry)
    {
        var time = entry.GetProperty("predictedMs").GetDouble() * 1e6;
        if (time < 0) throw new FormatException("a predictedMs is negative");
        var key = (entry.GetProperty("path").GetString() ?? "", entry.GetProperty("device").GetString() ?? "");
        if (!_entries.TryAdd(key, time)) throw new FormatException($"'{key.Item1}' is there twice for '{key.Item2}'");
    }

    private string KeyOf(string model) => Path.GetRelativePath(_folder, Path.GetFullPath(model)).Replace('\\', '/');
}

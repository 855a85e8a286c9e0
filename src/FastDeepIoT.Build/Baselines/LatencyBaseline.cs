using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Build.Baselines;

/// <summary>
/// Predicted times to compare later ones with, in the file <c>fastdeepiot check</c> also reads: one line a model and device, in order.
/// A model is named by the path of its original, relative to the baseline.
/// </summary>
internal sealed class LatencyBaseline
{
    private const string Schema = "fastdeepiot.latency-baseline/1";

    private readonly Dictionary<(string Path, string Device), double> _milliseconds = [];
    private readonly string _file;

    internal LatencyBaseline(string file) => _file = file;

    /// <exception cref="InputException">FDI3002 when there is none, FDI3015 when it cannot be understood.</exception>
    internal static LatencyBaseline Read(string file)
    {
        if (!File.Exists(file))
            throw new InputException(
                DiagnosticCode.FileNotFound, $"There is no latency baseline '{file}'. Write it once with 'dotnet build -t:FastDeepIoTUpdateBaseline'.", file);
        try
        {
            return Parse(file, JsonReader.Parse(File.ReadAllText(file)));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                DiagnosticCode.BaselineUnreadable,
                $"Not a readable latency baseline: {e.Message}. Write it anew with 'dotnet build -t:FastDeepIoTUpdateBaseline', or take it from version control.",
                file,
                e);
        }
    }

    /// <summary>The predicted time of a model in nanoseconds, or null when the baseline does not have it.</summary>
    internal double? Find(string model, string device) =>
        _milliseconds.TryGetValue((KeyOf(model), device), out var milliseconds) ? milliseconds * 1e6 : null;

    internal void Set(string model, string device, double nanoseconds) =>
        _milliseconds[(KeyOf(model), device)] = Math.Round(nanoseconds / 1e6, 6);

    /// <summary>Forgets models whose file is gone; what other projects or devices have is kept.</summary>
    internal void RemoveMissing()
    {
        var folder = Path.GetDirectoryName(_file)!;
        foreach (var key in _milliseconds.Keys.Where(key => !File.Exists(Path.Combine(folder, key.Path))).ToList()) _milliseconds.Remove(key);
    }

    /// <summary>One line an entry: diffs and merges work on lines.</summary>
    public override string ToString() => $"{{\n  \"schema\": \"{Schema}\",\n  \"models\": [\n"
        + string.Join(",\n", Ordered().Select(entry => "    " + Line(entry.Key.Path, entry.Key.Device, entry.Value))) + "\n  ]\n}\n";

    private static LatencyBaseline Parse(string file, JsonValue root)
    {
        var schema = root["schema"].Text;
        if (schema != Schema) throw new FormatException($"its schema is '{schema}', expected '{Schema}'");

        var baseline = new LatencyBaseline(file);
        foreach (var entry in root["models"].Items)
            baseline._milliseconds[(entry["path"].Text, entry["device"].Text)] = entry["predictedMs"].Number;
        return baseline;
    }

    private IEnumerable<KeyValuePair<(string Path, string Device), double>> Ordered() =>
        _milliseconds.OrderBy(entry => entry.Key.Path, StringComparer.Ordinal).ThenBy(entry => entry.Key.Device, StringComparer.Ordinal);

    private static string Line(string path, string device, double milliseconds) =>
        $"{{\"path\": {Quote(path)}, \"device\": {Quote(device)}, \"predictedMs\": {milliseconds.ToString("R", CultureInfo.InvariantCulture)}}}";

    private static string Quote(string text) => JsonWriter.Write(text).TrimEnd('\n');

    private string KeyOf(string model) => RelativePath.Of(model, Path.GetDirectoryName(_file)!);
}

using System.Text.Json;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// Reads the runtime's own profile: a JSON array of events, one a node and run, with the duration in whole microseconds.
/// </summary>
internal static class RuntimeProfile
{
    private const string KernelSuffix = "_kernel_time";

    /// <summary>Nanoseconds of every node, averaged over the faster half of the runs to keep.</summary>
    /// <exception cref="InputException">FDI3009 when it is not whole, for want of room.</exception>
    internal static IReadOnlyDictionary<string, double> Read(string path, IReadOnlyList<int> runs)
    {
        var durations = Durations(path);
        var last = runs[^1];
        var complete = durations.Where(node => node.Value.Count > last).ToList();
        var fast = runs.OrderBy(run => complete.Sum(node => node.Value[run])).Take(Math.Max(1, runs.Count / 2)).ToList();
        return complete.ToDictionary(node => node.Key, node => fast.Average(run => node.Value[run]));
    }

    // Of every node, one a run.
    private static Dictionary<string, List<double>> Durations(string path)
    {
        try
        {
            using var stream = Disk.OpenRead(path);
            using var events = JsonDocument.Parse(stream);
            return Durations(events);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.CannotWrite,
                $"The runtime's own profile is not whole: {e.Message} Check rights and space, or name another folder with the variable TMPDIR (TMP on Windows).", path, e);
        }
    }

    private static Dictionary<string, List<double>> Durations(JsonDocument events)
    {
        var durations = new Dictionary<string, List<double>>();
        foreach (var item in events.RootElement.EnumerateArray())
        {
            if (item.GetProperty("cat").GetString() != "Node" || item.GetProperty("name").GetString() is not { } name) continue;
            if (!name.EndsWith(KernelSuffix, StringComparison.Ordinal)) continue;

            var node = name[..^KernelSuffix.Length];
            if (!durations.TryGetValue(node, out var list)) durations[node] = list = [];
            list.Add(item.GetProperty("dur").GetDouble() * 1000);
        }

        return durations;
    }
}

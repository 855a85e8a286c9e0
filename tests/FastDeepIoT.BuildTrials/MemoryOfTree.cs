using System.Globalization;

namespace FastDeepIoT.BuildTrials;

/// <summary>Memory of a process and of those it started, as Linux counts it; 0 elsewhere.</summary>
internal static class MemoryOfTree
{
    /// <summary>The most that one of them has held at once, in bytes.</summary>
    internal static long Peak(int process)
    {
        if (!OperatingSystem.IsLinux()) return 0;

        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Field(id, "PPid:") is { } parent) parents[id] = (int)parent;

        return parents.Keys.Where(id => IsBelow(id, process, parents)).Select(id => 1024 * (Field(id, "VmHWM:") ?? 0)).DefaultIfEmpty(0).Max();
    }

    private static bool IsBelow(int id, int process, Dictionary<int, int> parents)
    {
        for (var at = id; at > 1; at = parents.GetValueOrDefault(at))
            if (at == process) return true;
        return false;
    }

    private static long? Field(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }
}

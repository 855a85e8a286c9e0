using System.Globalization;

namespace FastDeepIoT.Fuzz;

/// <summary>Memory of this process, native memory included, as Linux counts it; 0 elsewhere.</summary>
internal static class ResidentMemory
{
    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";

    /// <summary>Bytes held now; the peak starts anew.</summary>
    internal static long Restart()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        File.WriteAllText(Reset, "5"); // proc(5): resets the peak resident set size
        return Field("VmRSS:");
    }

    /// <summary>The most bytes held since.</summary>
    internal static long Peak() => OperatingSystem.IsLinux() ? Field("VmHWM:") : 0;

    private static long Field(string name)
    {
        var line = File.ReadLines(Status).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics;

namespace FastDeepIoT.Tool;

/// <summary>What this run of the tool took so far.</summary>
internal static class RunCost
{
    /// <summary>The time since it started and the most memory it held; without memory where the system does not count it.</summary>
    internal static string Text()
    {
        using var process = Process.GetCurrentProcess();
        var seconds = Number.Fixed((DateTime.Now - process.StartTime).TotalSeconds, 1);
        return process.PeakWorkingSet64 > 0 ? $"{seconds} s, at most {OptimizationText.Bytes(process.PeakWorkingSet64)} of memory" : $"{seconds} s";
    }
}

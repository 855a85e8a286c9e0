using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>This machine, as the operating system and the runtime name it.</summary>
public static class Machine
{
    /// <summary>Provenance of what is measured here today.</summary>
    public static Provenance Describe(int threads) => new()
    {
        Cpu = Cpu(),
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        InstructionSets = InstructionSets(),
        OperatingSystem = RuntimeInformation.OSDescription,
        Processors = Environment.ProcessorCount,
        Runtime = "ONNX Runtime",
        RuntimeVersion = Runtime.Version,
        ExecutionProvider = "CPU",
        Threads = threads,
        OptimizationLevel = "all",
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The instruction sets this process may use, by the names .NET gives them.</summary>
    public static IReadOnlyList<string> InstructionSets() => typeof(Vector128).Assembly.GetTypes()
        .Where(type => type is { IsNested: false, IsPublic: true, Namespace: { } space } && space.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal))
        .Where(type => type.GetProperty("IsSupported", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)?.GetValue(null) is true)
        .Select(type => type.Name).Order(StringComparer.Ordinal).ToList();

    private static string Cpu()
    {
        const string Linux = "/proc/cpuinfo";
        if (File.Exists(Linux) && File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line)
            return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? $"{RuntimeInformation.ProcessArchitecture} processor";
    }
}

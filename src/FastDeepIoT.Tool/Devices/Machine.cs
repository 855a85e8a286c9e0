using System.Reflection;
using System.Runtime.InteropServices;

namespace FastDeepIoT.Tool;

/// <summary>The processor at hand, as far as it decides which device model fits.</summary>
/// <param name="Architecture">Processor architecture, for instance <c>X64</c>.</param>
/// <param name="InstructionSets">Instruction sets, as the framework names them.</param>
internal sealed record Machine(string Architecture, IReadOnlyList<string> InstructionSets)
{
    /// <summary>The machine this process runs on.</summary>
    internal static Machine This { get; } = new(RuntimeInformation.ProcessArchitecture.ToString(), SupportedSets());

    private static List<string> SupportedSets() => typeof(System.Runtime.Intrinsics.Vector128).Assembly.GetExportedTypes()
        .Where(type => type.Namespace?.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal) == true && !type.IsNested)
        .Where(type => type.GetProperty("IsSupported", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is true)
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal)
        .ToList();
}

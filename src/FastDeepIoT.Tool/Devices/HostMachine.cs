using System.Runtime.InteropServices;

namespace FastDeepIoT.Tool;

/// <summary>The processor at hand, as far as it decides which device model fits.</summary>
/// <param name="Architecture">Processor architecture, as <see cref="TimeModel.Provenance.Architecture"/>.</param>
/// <param name="InstructionSets">Instruction sets, as <see cref="TimeModel.Provenance.InstructionSets"/>.</param>
internal sealed record HostMachine(string Architecture, IReadOnlyList<string> InstructionSets)
{
    /// <summary>The machine this process runs on.</summary>
    internal static HostMachine This { get; } = new(RuntimeInformation.ProcessArchitecture.ToString(), Profiling.Machine.InstructionSets());
}

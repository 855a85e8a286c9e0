using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>Where a device model comes from, as the operating system and the runtime name it.</summary>
public sealed record Provenance
{
    /// <summary>The processor.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processor architecture, for instance <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Instruction sets the processor reports.</summary>
    public IReadOnlyList<string> InstructionSets { get; init; } = [];

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Logical processors.</summary>
    public int Processors { get; init; }

    /// <summary>The runtime, for instance <c>ONNX Runtime</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The runtime's version.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>The execution provider, for instance <c>CPU</c>.</summary>
    public required string ExecutionProvider { get; init; }

    /// <summary>Threads a layer is spread over.</summary>
    public required int Threads { get; init; }

    /// <summary>The graph optimization level the runtime was asked for.</summary>
    public required string OptimizationLevel { get; init; }

    /// <summary>Day of measurement, <c>yyyy-MM-dd</c>.</summary>
    public required string Date { get; init; }

    /// <summary>Probe networks measured.</summary>
    public int Networks { get; init; }

    /// <summary>Layers measured within them.</summary>
    public int LayerSamples { get; init; }

    /// <summary>Minutes of measuring.</summary>
    public double Minutes { get; init; }
}

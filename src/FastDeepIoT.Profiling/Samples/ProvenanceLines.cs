using System.Globalization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>Provenance as comment lines <c># name=value</c>.</summary>
internal static class ProvenanceLines
{
    internal static IEnumerable<string> Write(Provenance provenance) => new (string Name, string Value)[]
    {
        ("cpu", provenance.Cpu), ("architecture", provenance.Architecture),
        ("instructionSets", string.Join(' ', provenance.InstructionSets)), ("operatingSystem", provenance.OperatingSystem),
        ("processors", Text(provenance.Processors)), ("runtime", provenance.Runtime), ("runtimeVersion", provenance.RuntimeVersion),
        ("executionProvider", provenance.ExecutionProvider), ("threads", Text(provenance.Threads)),
        ("optimizationLevel", provenance.OptimizationLevel), ("date", provenance.Date), ("minutes", Text(provenance.Minutes)),
    }.Select(pair => $"# {pair.Name}={pair.Value.ReplaceLineEndings(" ")}");

    internal static Provenance Read(IEnumerable<string> lines)
    {
        var values = lines.Select(line => line.TrimStart('#').Trim().Split('=', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new Provenance
        {
            Cpu = values["cpu"],
            Architecture = values["architecture"],
            InstructionSets = values["instructionSets"].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            OperatingSystem = values["operatingSystem"],
            Processors = int.Parse(values["processors"], CultureInfo.InvariantCulture),
            Runtime = values["runtime"],
            RuntimeVersion = values["runtimeVersion"],
            ExecutionProvider = values["executionProvider"],
            Threads = int.Parse(values["threads"], CultureInfo.InvariantCulture),
            OptimizationLevel = values["optimizationLevel"],
            Date = values["date"],
            Minutes = double.Parse(values["minutes"], CultureInfo.InvariantCulture),
        };
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

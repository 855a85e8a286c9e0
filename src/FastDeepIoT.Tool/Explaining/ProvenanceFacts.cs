using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Where a device model comes from, as names and values to show.</summary>
internal static class ProvenanceFacts
{
    /// <summary>The facts, most telling first.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Of(DeviceModel device)
    {
        var from = device.Provenance;
        return
        [
            ("Processor", $"{from.Cpu} ({from.Architecture}, {Number.Count(from.Processors, "logical processor")})"),
            ("Instructions", string.Join(", ", from.InstructionSets)),
            ("System", from.OperatingSystem),
            ("Runtime", $"{from.Runtime} {from.RuntimeVersion}, {from.ExecutionProvider}, optimization level {from.OptimizationLevel}"),
            ("Threads", Number.Plain(from.Threads)),
            ("Measured", $"{from.Date}, {Number.Plain(Math.Round(from.Minutes, 1))} minutes, {Number.Count(from.LayerSamples, "layer")} in "
                + Number.Count(from.Networks, "network")),
            ("Held out", device.Split),
        ];
    }
}

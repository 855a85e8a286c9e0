using System.Globalization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>Where the numbers of a report come from: day, machine, runtime and device model.</summary>
internal static class BenchmarkSetting
{
    internal static string Of(DeviceModel device)
    {
        var facts = device.Provenance;
        return string.Create(CultureInfo.InvariantCulture, $"{DateTime.Today:yyyy-MM-dd}, {facts.Cpu}, {facts.OperatingSystem}, {facts.Runtime} {facts.RuntimeVersion}, threads: {facts.Threads}. ")
            + string.Create(CultureInfo.InvariantCulture, $"The device model was learned on {facts.Date} from {facts.Networks} networks in {facts.Minutes:0} minutes.");
    }
}

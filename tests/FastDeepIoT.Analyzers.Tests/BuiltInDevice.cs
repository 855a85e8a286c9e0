using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>A device model as it is shipped.</summary>
internal static class BuiltInDevice
{
    internal static DeviceModel Model { get; } =
        DeviceModelFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "devices", "x64-avx512-1t.json")));
}

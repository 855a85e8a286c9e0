using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Tool;

/// <summary>Reads device models from files.</summary>
internal static class DeviceModelReader
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">FDI3002 when there is no such file, FDI3004 or FDI3005 when it cannot be used.</exception>
    internal static DeviceModel Read(string path) =>
        DeviceModelFile.Read(TextFile.Read(path, "device model", DeviceModelFile.LargestText), path);
}

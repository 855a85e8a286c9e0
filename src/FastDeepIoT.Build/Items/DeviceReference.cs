using System;
using System.IO;

namespace FastDeepIoT.Build.Items;

/// <summary>A device as projects name it: a file, relative to the project, or a built-in device model.</summary>
internal static class DeviceReference
{
    /// <summary>Built-in names hold neither separators nor an extension.</summary>
    internal static bool LooksLikeFile(string device) =>
        device.IndexOfAny(['/', '\\']) >= 0 || device.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The absolute path of a file, any other name as it is.</summary>
    internal static string Resolve(string device, string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, device);
        return File.Exists(path) ? Path.GetFullPath(path) : device;
    }
}

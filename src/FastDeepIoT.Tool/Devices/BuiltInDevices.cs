using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The device models that lie beside the tool.</summary>
internal static class BuiltInDevices
{
    /// <summary>Their names, in order; each is also the name of its file.</summary>
    internal static IReadOnlyList<string> Names { get; } = Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "devices");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<DeviceModel> All => [.. Names.Select(name => DeviceModelReader.Read(PathOf(name)))];

    /// <summary>The one of that name, in any case; null when there is none.</summary>
    internal static DeviceModel? Find(string name) => FileOf(name) is { } file ? DeviceModelReader.Read(file) : null;

    /// <summary>Its file; null when there is none of that name.</summary>
    internal static string? FileOf(string name) =>
        Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? PathOf(found) : null;

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");
}

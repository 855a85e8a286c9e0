using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Says in a rewritten model what was done to it.</summary>
internal static class Provenance
{
    private const string Key = "fastdeepiot.exact";

    internal static void Add(ModelProto model, DeviceModel device, IReadOnlyDictionary<WidthGroup, RemovedChannels> removed, IReadOnlyDictionary<WidthGroup, long> sizes)
    {
        var narrowed = removed.OrderBy(pair => pair.Key.Index).Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Nodes[0]} {pair.Key.Size}->{pair.Key.Size - pair.Value.Count}"));
        var padded = sizes.OrderBy(pair => pair.Key.Index).Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Nodes[0]} {pair.Key.Size}->{pair.Value}"));
        var text = string.Join("; ", new[] { $"device {device.Name}", List("channels removed", narrowed), List("widths padded", padded) }.OfType<string>());
        var entry = model.MetadataProps.FirstOrDefault(entry => entry.Key == Key);
        if (entry is not null) entry.Value = $"{entry.Value}; {text}";
        else model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = text });
    }

    private static string? List(string what, IEnumerable<string> changes) =>
        string.Join(", ", changes) is { Length: > 0 } list ? $"{what}: {list}" : null;
}

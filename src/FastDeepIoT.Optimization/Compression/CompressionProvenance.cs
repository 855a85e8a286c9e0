using System.Globalization;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Says in a compressed model what was done to it.</summary>
internal static class CompressionProvenance
{
    private const string Key = "fastdeepiot.compress";

    internal static void Add(ModelProto model, CompressionStudy study, CompressionPlan plan, Drop judged)
    {
        var changes = plan.Variant.Steered.Groups.Zip(plan.Sizes).Where(pair => pair.First.Size != pair.Second)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Nodes[0]} {pair.First.Size}->{pair.Second}"));
        var removed = plan.Variant.Removed.Count == 0 ? "" : $"; left out: {string.Join(", ", plan.Variant.Removed)}";
        var text = $"device {study.Device.Name}; drop {DropText.Of(judged)}; widths: {string.Join(", ", changes)}{removed}";
        var entry = model.MetadataProps.FirstOrDefault(entry => entry.Key == Key);
        if (entry is not null) entry.Value = $"{entry.Value}; {text}";
        else model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = text });
    }
}

using System.Globalization;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Says in a compressed model what was done to it.</summary>
internal static class CompressionProvenance
{
    private const string Key = "fastdeepiot.compress";

    internal static void Add(ModelProto model, CompressionStudy study, CompressedSizes choice, Drop judged)
    {
        var changes = study.Steered.Groups.Zip(choice.Sizes).Where(pair => pair.First.Size != pair.Second)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Nodes[0]} {pair.First.Size}->{pair.Second}"));
        var text = $"device {study.Steered.Device.Name}; drop {DropText.Of(judged)}; widths: {string.Join(", ", changes)}";
        var entry = model.MetadataProps.FirstOrDefault(entry => entry.Key == Key);
        if (entry is not null) entry.Value = $"{entry.Value}; {text}";
        else model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = text });
    }
}

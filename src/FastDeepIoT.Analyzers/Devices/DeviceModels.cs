using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// The device models among a compilation's additional files; each text is parsed once, however often it is compiled.
/// </summary>
internal sealed record DeviceModels(IReadOnlyList<CliffFinder> Known, IReadOnlyList<UnreadableFile> Unreadable)
{
    private const string Metadata = "build_metadata.AdditionalFiles.FastDeepIoTDeviceModel";
    private const string Extension = ".fastdeepiot.json";

    /// <summary>Reads the files marked as device models, or named like one.</summary>
    internal static DeviceModels Read(
        AnalyzerOptions options, Func<SourceText, ParsedDeviceModel?> parseOnce, CancellationToken cancellation)
    {
        var known = new List<CliffFinder>();
        var unreadable = new List<UnreadableFile>();
        foreach (var file in options.AdditionalFiles.Where(file => IsDeviceModel(file, options)))
        {
            var parsed = file.GetText(cancellation) is { } text ? parseOnce(text) : null;
            if (parsed?.Finder is { } finder) known.Add(finder);
            else unreadable.Add(new UnreadableFile(file.Path, parsed?.Problem ?? "The device model file cannot be read."));
        }

        // Two packages may bring the same device.
        var devices = known.GroupBy(finder => finder.Device.Name).Select(same => same.First());
        return new DeviceModels([.. devices.OrderBy(finder => finder.Device.Name, StringComparer.Ordinal)], unreadable);
    }

    private static bool IsDeviceModel(AdditionalText file, AnalyzerOptions options) =>
        AdditionalFileKind.IsMarked(file, options, Metadata)
        || (file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !FedModels.IsReport(file, options));

    /// <summary>The device model of a text, or the reason why it is none.</summary>
    internal static ParsedDeviceModel Parse(SourceText text)
    {
        try
        {
            return new ParsedDeviceModel(new CliffFinder(DeviceModelFile.Read(text.ToString())), null);
        }
        catch (InputException e)
        {
            return new ParsedDeviceModel(null, e.Finding.Message);
        }
    }
}

/// <summary>A text as a device model, or the reason why it is none.</summary>
internal sealed record ParsedDeviceModel(CliffFinder? Finder, string? Problem);

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>The device models among a compilation's additional files.</summary>
internal sealed record DeviceModels(IReadOnlyList<DeviceCliffs> Known, IReadOnlyList<UnreadableFile> Unreadable)
{
    private const string Metadata = "build_metadata.AdditionalFiles.FastDeepIoTDeviceModel";
    private const string Extension = ".fastdeepiot.json";
    private static readonly Remembered<ParsedDeviceModel> _parsed = new(Parse);

    /// <summary>The files marked as device models, or named like one.</summary>
    internal static IReadOnlyList<AdditionalText> FilesOf(AnalyzerOptions options) =>
        [.. options.AdditionalFiles.Where(file => IsDeviceModel(file, options))];

    /// <summary>Reads files as device models.</summary>
    internal static DeviceModels Read(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        var known = new List<DeviceCliffs>();
        var unreadable = new List<UnreadableFile>();
        foreach (var file in files)
        {
            var parsed = file.GetText(cancellation) is { } text ? _parsed.Of(text) : null;
            if (parsed?.Device is { } device) known.Add(device);
            else unreadable.Add(new UnreadableFile(file.Path, parsed?.Problem ?? "The device model file cannot be read."));
        }

        // Two packages may bring the same device.
        var devices = known.GroupBy(device => device.Device.Name).Select(same => same.First());
        return new DeviceModels([.. devices.OrderBy(device => device.Device.Name, StringComparer.Ordinal)], unreadable);
    }

    private static bool IsDeviceModel(AdditionalText file, AnalyzerOptions options) =>
        AdditionalFileKind.IsMarked(file, options, Metadata)
        || (file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !FedModels.IsReport(file, options));

    private static ParsedDeviceModel Parse(string text)
    {
        try
        {
            return new ParsedDeviceModel(new DeviceCliffs(DeviceModelFile.Read(text)), null);
        }
        catch (InputException e)
        {
            return new ParsedDeviceModel(null, e.Finding.Message);
        }
    }
}

/// <summary>A text as a device model, or the reason why it is none.</summary>
internal sealed record ParsedDeviceModel(DeviceCliffs? Device, string? Problem);

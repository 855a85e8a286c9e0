using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>The descriptions of layers among a compilation's additional files.</summary>
internal sealed record LayerDescriptions(IReadOnlyList<LayerDescription> Known, IReadOnlyList<UnreadableFile> Unreadable)
{
    private const string FileName = "fastdeepiot.layers.json";
    private static readonly Remembered<ParsedDescriptions> _parsed = new(Parse);

    /// <summary>Reads the files of that name, whatever stands before it.</summary>
    internal static LayerDescriptions Read(AnalyzerOptions options, CancellationToken cancellation)
    {
        var known = new List<LayerDescription>();
        var unreadable = new List<UnreadableFile>();
        foreach (var file in options.AdditionalFiles.Where(file => file.Path.EndsWith(FileName, StringComparison.OrdinalIgnoreCase)))
        {
            var parsed = file.GetText(cancellation) is { } text ? _parsed.Of(text) : null;
            known.AddRange(parsed?.Descriptions ?? []);
            if (parsed?.Descriptions is null) unreadable.Add(new UnreadableFile(file.Path, parsed?.Problem ?? "The description of layers cannot be read."));
        }

        return new LayerDescriptions(known, unreadable);
    }

    private static ParsedDescriptions Parse(string text)
    {
        try
        {
            return new ParsedDescriptions(LayerDescriptionFile.Read(text), null);
        }
        catch (InputException e)
        {
            return new ParsedDescriptions(null, e.Finding.Message);
        }
    }

    private sealed record ParsedDescriptions(IReadOnlyList<LayerDescription>? Descriptions, string? Problem);
}

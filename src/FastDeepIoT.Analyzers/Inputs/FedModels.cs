using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>The ONNX models of a project, as the reports of its build describe them; each text is parsed once.</summary>
internal sealed record FedModels(IReadOnlyList<ShapeTimes> Known, IReadOnlyList<UnreadableFile> Unreadable)
{
    private const string Metadata = "build_metadata.AdditionalFiles.FastDeepIoTBuildReport";

    private static readonly Remembered<ParsedReport> _parsed = new(Parse);

    /// <summary>The files marked as reports.</summary>
    internal static IReadOnlyList<AdditionalText> FilesOf(AnalyzerOptions options) =>
        [.. options.AdditionalFiles.Where(file => IsReport(file, options))];

    /// <summary>Reads files as reports.</summary>
    internal static FedModels Read(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        var known = new List<ShapeTimes>();
        var unreadable = new List<UnreadableFile>();
        foreach (var file in files)
        {
            var parsed = file.GetText(cancellation) is { } text ? _parsed.Of(text) : null;
            if (parsed?.Times is { } times) known.Add(times);
            if (parsed is null or { Problem: not null })
                unreadable.Add(new UnreadableFile(file.Path, parsed?.Problem ?? "The report on a model cannot be read."));
        }

        return new FedModels(known, unreadable);
    }

    /// <summary>Whether a file is the report of a build.</summary>
    internal static bool IsReport(AdditionalText file, AnalyzerOptions options) => AdditionalFileKind.IsMarked(file, options, Metadata);

    private static ParsedReport Parse(string text)
    {
        try
        {
            return new ParsedReport(ShapeTimesReader.Read(text), null);
        }
        catch (InputException e)
        {
            return new ParsedReport(null, e.Finding.Message);
        }
    }
}

/// <summary>A text as a report: the shape times, if the model has any, or the reason why it is no report.</summary>
internal sealed record ParsedReport(ShapeTimes? Times, string? Problem);

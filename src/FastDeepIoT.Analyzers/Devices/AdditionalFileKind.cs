using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>Tells additional files apart by the metadata a project gives them.</summary>
internal static class AdditionalFileKind
{
    /// <summary>Whether that metadata of the file is <c>true</c>.</summary>
    internal static bool IsMarked(AdditionalText file, AnalyzerOptions options, string metadata) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(metadata, out var marked)
        && string.Equals(marked, "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A file that the analyzer should read, and why it cannot.</summary>
internal sealed record UnreadableFile(string Path, string Problem)
{
    /// <summary>The diagnostic, at the start of the file.</summary>
    internal Diagnostic Report(DiagnosticDescriptor rule)
    {
        var start = Location.Create(Path, default, new LinePositionSpan(LinePosition.Zero, LinePosition.Zero));
        return Diagnostic.Create(rule, start, Problem);
    }
}

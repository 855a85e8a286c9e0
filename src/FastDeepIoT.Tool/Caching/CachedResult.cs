namespace FastDeepIoT.Tool;

/// <summary>What a build made of a model, as it is kept.</summary>
/// <param name="Line">What people are told.</param>
/// <param name="Report">The text of the report.</param>
/// <param name="Shapes">The text of the file for the analyzer; empty when there is none.</param>
/// <param name="IsOriginal">Whether a copy of the original is delivered, which need not be kept.</param>
internal sealed record CachedResult(string Line, string Report, string Shapes, bool IsOriginal);

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Items;

/// <summary>Something wrong with an item as the project file has it.</summary>
/// <param name="Code">Its row in the table of diagnostics.</param>
/// <param name="Message">What was found, what was expected and what to do.</param>
/// <param name="Metadata">The metadata it is about; null for the item as a whole.</param>
internal sealed record ItemProblem(DiagnosticCode Code, string Message, string? Metadata = null);

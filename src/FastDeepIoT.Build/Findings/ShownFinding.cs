using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Findings;

/// <summary>A finding as it was shown.</summary>
internal sealed record ShownFinding(DiagnosticCode Code, FindingSeverity Severity, string Message, SourceLocation Place);

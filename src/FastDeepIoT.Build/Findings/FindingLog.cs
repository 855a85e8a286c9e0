using System.Collections.Generic;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Findings;

/// <summary>Shows findings the way MSBuild shows those of a compiler: with code, help link and place.</summary>
internal sealed class FindingLog(TaskLoggingHelper log, Severities severities)
{
    private readonly HashSet<(DiagnosticCode Code, string Message, SourceLocation Place)> _shown = [];

    /// <summary>Whether nothing but messages was written.</summary>
    internal bool IsQuiet { get; private set; } = true;

    internal void Write(DiagnosticCode code, string message, SourceLocation place) => Write(code, code.Severity, message, place);

    /// <summary>A finding that several devices share is shown once.</summary>
    internal void Write(DiagnosticCode code, FindingSeverity severity, string message, SourceLocation place)
    {
        if (!_shown.Add((code, message, place))) return;

        var (file, line, column) = (place.File, place.Line, place.Column);
        switch (severities.Of(code, severity))
        {
            case FindingSeverity.Error:
                IsQuiet = false;
                log.LogError(null, code.Id, null, code.HelpLink, file, line, column, 0, 0, message);
                break;
            case FindingSeverity.Warning:
                IsQuiet = false;
                log.LogWarning(null, code.Id, null, code.HelpLink, file, line, column, 0, 0, message);
                break;
            case FindingSeverity.Message:
                log.LogMessage(null, code.Id, null, file, line, column, 0, 0, MessageImportance.High, message);
                break;
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Findings;

/// <summary>Shows findings the way MSBuild shows those of a compiler: with code, help link and place.</summary>
internal sealed class FindingLog(TaskLoggingHelper log, Severities severities)
{
    private readonly HashSet<(DiagnosticCode Code, string Message, SourceLocation Place)> _known = [];
    private readonly List<ShownFinding> _shown = [];

    /// <summary>What was shown, in order.</summary>
    internal IReadOnlyList<ShownFinding> Shown => _shown;

    /// <summary>Whether nothing but messages was written.</summary>
    internal bool IsQuiet => _shown.All(finding => finding.Severity == FindingSeverity.Message);

    internal void Write(DiagnosticCode code, string message, SourceLocation place) => Write(code, code.Severity, message, place);

    /// <summary>A finding that several devices share is shown once.</summary>
    internal void Write(DiagnosticCode code, FindingSeverity severity, string message, SourceLocation place)
    {
        if (!_known.Add((code, message, place)) || severities.Of(code, severity) is not { } judged) return;

        _shown.Add(new ShownFinding(code, judged, message, place));
        var (file, line, column) = (place.File, place.Line, place.Column);
        switch (judged)
        {
            case FindingSeverity.Error:
                log.LogError(null, code.Id, null, code.HelpLink, file, line, column, 0, 0, message);
                break;
            case FindingSeverity.Warning:
                log.LogWarning(null, code.Id, null, code.HelpLink, file, line, column, 0, 0, message);
                break;
            case FindingSeverity.Message:
                log.LogMessage(null, code.Id, null, file, line, column, 0, 0, MessageImportance.High, message);
                break;
        }
    }
}

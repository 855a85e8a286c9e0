using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// A project's own judgement of codes, as <c>FastDeepIoTSeverities</c> and <c>--severity</c> have it: <c>FDI2001=warning;FDI2003=error</c>.
/// The values are none, message, warning and error.
/// </summary>
public sealed class Severities
{
    /// <summary>What an entry looks like, for messages.</summary>
    public const string Expected = "CODE=none, message, warning or error, for instance FDI2001=warning";

    private const string None = "none";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];

    /// <summary>Reads a list separated by <c>;</c> or <c>,</c>.</summary>
    public Severities(string text)
    {
        foreach (var entry in text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Trim()))
            if (entry.Length > 0) Add(entry);
    }

    /// <summary>Entries that mean nothing.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What the project wants, otherwise the code's own severity; null hides the finding.</summary>
    public FindingSeverity? Of(DiagnosticCode code) => Of(code, code.Severity);

    /// <summary>What the project wants, otherwise <paramref name="severity"/>; null hides the finding.</summary>
    public FindingSeverity? Of(DiagnosticCode code, FindingSeverity severity) => _values.TryGetValue(code.Id, out var value)
        ? value == None ? null : Parse(value)
        : severity;

    private void Add(string entry)
    {
        var parts = entry.Split('=');
        var value = parts.Length == 2 ? parts[1].Trim().ToLowerInvariant() : "";
        if (DiagnosticCode.Find(parts[0].Trim().ToUpperInvariant()) is { } code && (value == None || Parse(value) is not null))
            _values[code.Id] = value;
        else
            _problems.Add(entry);
    }

    private static FindingSeverity? Parse(string value) => value switch
    {
        "message" => FindingSeverity.Message,
        "warning" => FindingSeverity.Warning,
        "error" => FindingSeverity.Error,
        _ => null,
    };
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What predicted times are held against.</summary>
/// <param name="Budget">The most a model may take; null for no budget.</param>
/// <param name="Total">The most all models may take together; null for no budget.</param>
/// <param name="Baseline">What models took before; null for no baseline.</param>
/// <param name="MaxRegression">How much more than in the baseline they may take.</param>
/// <param name="Severities">How findings are judged.</param>
internal sealed record CheckLimits(
    LatencyLimit? Budget, LatencyLimit? Total, LatencyBaseline? Baseline, Percent MaxRegression, Severities Severities)
{
    /// <summary>Findings that are to be shown, with how much they matter.</summary>
    internal IEnumerable<JudgedFinding> Judge(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            if (Severities.Of(finding.Code) is { } severity) yield return new JudgedFinding(finding, severity);
    }
}

/// <summary>A finding with how much it matters to this user.</summary>
internal sealed record JudgedFinding(Finding Finding, FindingSeverity Severity)
{
    /// <summary>The severity as machine-readable results name it.</summary>
    internal string SeverityName => Severity.ToString().ToLowerInvariant();
}

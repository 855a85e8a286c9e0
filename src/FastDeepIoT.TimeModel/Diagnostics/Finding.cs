namespace FastDeepIoT.TimeModel;

/// <summary>Something to tell the user: what it is, about which file, and what to do.</summary>
public sealed record Finding(DiagnosticCode Code, string Message, string? File = null)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? $"{Code.Id}: {Message}" : $"{File}: {Code.Id}: {Message}";
}

namespace FastDeepIoT.TimeModel;

/// <summary>Something to tell the user: what it is, about which file, and what to do.</summary>
public sealed record Finding(DiagnosticCode Code, string Message, string? File = null)
{
    /// <summary>The finding as one line that a console takes for nothing but text.</summary>
    public override string ToString() => Printable.Of(File is null ? $"{Code.Id}: {Message}" : $"{File}: {Code.Id}: {Message}");
}

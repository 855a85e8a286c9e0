using System;

namespace FastDeepIoT.TimeModel;

/// <summary>Input or environment that cannot be worked with: shown as its finding, without a stack trace.</summary>
public sealed class InputException : Exception
{
    /// <summary>Reports <paramref name="finding"/>.</summary>
    public InputException(Finding finding, Exception? cause = null) : base(finding.Message, cause) => Finding = finding;

    /// <summary>Reports what was found, what was expected and what to do, about a file.</summary>
    public InputException(DiagnosticCode code, string message, string? file = null, Exception? cause = null)
        : this(new Finding(code, message, file), cause)
    {
    }

    /// <summary>What to tell the user.</summary>
    public Finding Finding { get; }

    /// <summary>Whether a file could not be read or written, which says nothing about what is in it: the next time it may go well.</summary>
    public bool IsOfFiles => Finding.Code == DiagnosticCode.FileNotFound || Finding.Code == DiagnosticCode.CannotWrite;
}

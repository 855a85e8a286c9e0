using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Names that come from a file, as they may be printed: a line break could start a command of a build server, and an escape one of a
/// terminal.
/// </summary>
public static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with every control character replaced.</summary>
    public static string Of(string text) => text.Any(char.IsControl)
        ? new string([.. text.Select(c => char.IsControl(c) ? Replacement : c)])
        : text;
}

using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Where results and findings go: results to standard output, everything about them to standard error.</summary>
internal static class Output
{
    /// <summary>Prints a result as UTF-8, whatever the console thinks of encodings, so that it can be piped.</summary>
    internal static void Result(string text)
    {
        using var stream = Console.OpenStandardOutput();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Prints findings, one a line.</summary>
    internal static void Findings(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings) Console.Error.WriteLine(finding);
    }
}

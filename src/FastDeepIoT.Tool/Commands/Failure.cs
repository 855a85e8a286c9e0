using System.Reflection;
using System.Runtime.InteropServices;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Turns whatever went wrong into a message and an exit code.</summary>
internal static class Failure
{
    /// <summary>Where mistakes of ours are reported.</summary>
    private const string Issues = "https://github.com/fastdeepiot/fastdeepiot-dotnet/issues";

    /// <summary>Writes what the user should know, and returns the exit code.</summary>
    internal static int Report(Exception exception, TextWriter error, bool debug)
    {
        if (exception is AggregateException { InnerException: { } inner }) return Report(inner, error, debug);
        if (exception is OperationCanceledException)
        {
            error.WriteLine("Stopped.");
            return ExitCode.Cancelled;
        }

        error.WriteLine(FindingOf(exception));
        if (debug) error.WriteLine(exception);
        return ExitCode.BadInput;
    }

    /// <summary>What to tell about an exception.</summary>
    internal static Finding FindingOf(Exception exception) => exception switch
    {
        InputException input => input.Finding,
        OutOfMemoryException => new Finding(DiagnosticCode.ToolEnded,
            "There is not enough memory for this. Let less run beside it (in a build, '-m:1' builds one project at a time), or use a machine or container with more."),
        _ => Internal(exception),
    };

    private static Finding Internal(Exception exception) => new(DiagnosticCode.Internal,
        $"This is a mistake in fastdeepiot, not yours: {exception.GetType().Name}: {FirstLine(exception.Message)} "
        + $"Please report it at {Issues} with the command line, the model if you can share it, the output with --debug added, "
        + $"and these versions: fastdeepiot {Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}.");

    private static string Version =>
        typeof(Failure).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}

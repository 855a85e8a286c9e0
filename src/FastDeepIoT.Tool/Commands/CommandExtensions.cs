using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary>Shorthand for commands.</summary>
internal static class CommandExtensions
{
    /// <summary>
    /// Runs the work on another thread than the one that listens for an interrupt, so that it can be asked to stop while it is busy.
    /// </summary>
    internal static void SetWork(this Command command, Func<ParseResult, CancellationToken, int> work) =>
        command.SetAction((parse, cancellation) => Task.Run(() => work(parse, cancellation), CancellationToken.None));
}

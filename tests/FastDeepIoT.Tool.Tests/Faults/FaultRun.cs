using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>What a run of the tool inside this process printed on standard error and returned.</summary>
internal sealed record FaultResult(int ExitCode, string Error, IReadOnlyList<string> Operations);

/// <summary>Runs the tool in this process, with one of its file operations failing.</summary>
internal static class FaultRun
{
    /// <summary>Runs it with nothing failing, and notes every operation.</summary>
    internal static Task<FaultResult> Whole(params string[] arguments) => Run(-1, null, arguments);

    /// <summary>Runs it; its file operation of that number throws.</summary>
    internal static async Task<FaultResult> Run(int failing, Func<string, Exception>? fault, params string[] arguments)
    {
        var operations = new List<string>();
        using var error = new StringWriter();
        using var listening = FlowError.Into(TextWriter.Synchronized(error));
        Disk.Watch = (operation, path) =>
        {
            lock (operations)
            {
                operations.Add($"{operation} {path}");
                if (operations.Count - 1 == failing) throw fault!(path);
            }
        };
        try
        {
            return new FaultResult(await CommandLine.RunAsync(arguments), error.ToString(), operations);
        }
        finally
        {
            Disk.Watch = null;
        }
    }
}

using System.Diagnostics;
using System.Text;

namespace FastDeepIoT.Tool.Tests;

/// <summary>What a run of the tool printed and returned.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool as users do: a process of its own.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "fastdeepiot.dll");

    /// <summary>Runs the tool in a folder.</summary>
    internal static ToolResult Run(TemporaryFolder folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool in a folder with environment variables.</summary>
    internal static ToolResult Run(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunFrom(Tool, folder, environment, arguments);

    /// <summary>Runs an assembly in place of the tool.</summary>
    internal static ToolResult RunFrom(string tool, TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = StartFrom(tool, folder, environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"fastdeepiot {string.Join(' ', arguments)} did not end");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the tool in a folder.</summary>
    internal static Process Start(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartFrom(Tool, folder, environment, arguments);

    private static Process StartFrom(string tool, TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(tool);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[CacheFolder.Variable] = CacheFolder.Off; // no test may depend on what another one kept
        foreach (var name in (string[])["TMPDIR", "TMP"]) start.Environment[name] = folder.Temporary; // nor on what others measure meanwhile
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }
}

using System.Diagnostics;
using System.Text;

namespace FastDeepIoT.Tool.Tests;

/// <summary>What a run of the tool printed and returned.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool as users do: a process of its own.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const string Unshare = "/usr/bin/unshare";
    private static readonly string Host = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "fastdeepiot.dll");

    /// <summary>Runs the tool in a folder.</summary>
    internal static ToolResult Run(TemporaryFolder folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool in a folder with environment variables.</summary>
    internal static ToolResult Run(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunFrom(Tool, folder, environment, arguments);

    /// <summary>Runs an assembly in place of the tool.</summary>
    internal static ToolResult RunFrom(string tool, TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunCommand([Host, "exec", tool, .. arguments], folder, environment);

    /// <summary>Whether <see cref="RunOnSmallDisk"/> works here: on Linux, where users may have mounts of their own.</summary>
    internal static bool HasSmallDisks(TemporaryFolder folder) =>
        OperatingSystem.IsLinux() && File.Exists(Unshare) && RunCommand(OnSmallDisk(64, "true"), folder, new Dictionary<string, string>()).ExitCode == 0;

    /// <summary>Runs the tool with a disk of its own for temporary files, of so many kilobytes.</summary>
    internal static ToolResult RunOnSmallDisk(TemporaryFolder folder, int kilobytes, params string[] arguments) =>
        RunCommand(OnSmallDisk(kilobytes, [Host, "exec", Tool, .. arguments]), folder, new Dictionary<string, string>());

    private static string[] OnSmallDisk(int kilobytes, params string[] command) =>
        [Unshare, "--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o size={kilobytes}k none \"$TMPDIR\" && exec \"$@\"", "sh", .. command];

    private static ToolResult RunCommand(string[] command, TemporaryFolder folder, IReadOnlyDictionary<string, string> environment)
    {
        using var process = Start(command, folder, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} did not end");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the tool in a folder.</summary>
    internal static Process Start(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start([Host, "exec", Tool, .. arguments], folder, environment);

    private static Process Start(string[] command, TemporaryFolder folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment[CacheFolder.Variable] = CacheFolder.Off; // no test may depend on what another one kept
        foreach (var name in (string[])["TMPDIR", "TMP"]) start.Environment[name] = folder.Temporary; // nor on what others measure meanwhile
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start");
    }
}

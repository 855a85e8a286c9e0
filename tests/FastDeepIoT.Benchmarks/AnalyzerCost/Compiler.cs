using System.Diagnostics;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// The SDK's own C# compiler, as a build runs it: through a compiler server that stays warm, but one of our own.
/// </summary>
internal sealed class Compiler : IDisposable
{
    private readonly string _folder = Path.Combine(NewestSdk(), "Roslyn", "bincore");
    private readonly string _pipe = $"fastdeepiot-benchmark-{Environment.ProcessId}";

    /// <summary>The analyzers that every project of the SDK runs, with their configuration.</summary>
    internal static IEnumerable<string> SdkAnalyzers()
    {
        var folder = Path.Combine(NewestSdk(), "Sdks", "Microsoft.NET.Sdk", "analyzers");
        var level = Environment.Version.Major;
        return
        [
            $"/analyzer:{Path.Combine(folder, "Microsoft.CodeAnalysis.NetAnalyzers.dll")}",
            $"/analyzer:{Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll")}",
            $"/analyzerconfig:{Path.Combine(folder, "build", "config", $"analysislevel_{level}_default.globalconfig")}",
        ];
    }

    /// <summary>Compiles what a response file says; gives the time and what the compiler said.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    internal (TimeSpan Time, string Output) Compile(string responseFile)
    {
        var clock = Stopwatch.StartNew();
        var (exitCode, output) = Run("csc.dll", "/noconfig", $"/shared:{_pipe}", "/keepalive:60", $"@{responseFile}");
        return exitCode == 0 ? (clock.Elapsed, output) : throw new InvalidOperationException(output);
    }

    /// <inheritdoc/>
    public void Dispose() => Run("VBCSCompiler.dll", $"-pipename:{_pipe}", "-shutdown");

    private (int ExitCode, string Output) Run(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["exec", Path.Combine(_folder, assembly), .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    // Beside the runtime this runs on: <dotnet>/shared/Microsoft.NETCore.App/<version>.
    private static string NewestSdk()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk")).Where(sdk => File.Exists(Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")))
            .OrderBy(sdk => Version.Parse(Path.GetFileName(sdk).Split('-')[0])).Last();
    }
}

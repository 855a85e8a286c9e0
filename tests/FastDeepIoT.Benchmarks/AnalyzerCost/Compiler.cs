using System.Diagnostics;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// The SDK's own C# compiler, as a build runs it: through a compiler server that stays warm, but one of our own.
/// </summary>
internal sealed class Compiler : IDisposable
{
    private static readonly string _folder = Path.Combine(NewestSdk(), "Roslyn", "bincore");
    private static readonly TimeSpan _betweenReadings = TimeSpan.FromMilliseconds(10);
    private readonly string _pipe = $"fastdeepiot-benchmark-{Environment.ProcessId}";
    private readonly Process _server;

    internal Compiler() => _server = Start("VBCSCompiler.dll", [$"-pipename:{_pipe}"]);

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

    /// <summary>Compiles what a response file says, by the warm server or by a compiler of its own.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    internal Compiled Compile(string responseFile, bool warm)
    {
        var before = ServerTime();
        var clock = Stopwatch.StartNew();
        using var process = Start("csc.dll", ["/noconfig", .. warm ? [$"/shared:{_pipe}", "/keepalive:600"] : (string[])[], $"@{responseFile}"]);
        var reading = process.StandardOutput.ReadToEndAsync();
        var own = WaitFor(process);
        var elapsed = clock.Elapsed;
        if (process.ExitCode != 0) throw new InvalidOperationException(reading.Result);

        return new Compiled(elapsed, warm ? ServerTime() - before : own, reading.Result);
    }

    // Nobody can be asked for the processor time of a process that has ended, so it is asked for until then.
    private static TimeSpan WaitFor(Process process)
    {
        var used = TimeSpan.Zero;
        while (!process.WaitForExit(_betweenReadings))
        {
            process.Refresh();
            try
            {
                used = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // It has just ended.
            }
        }

        return used;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private TimeSpan ServerTime()
    {
        _server.Refresh();
        return _server.TotalProcessorTime;
    }

    private static Process Start(string assembly, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["exec", Path.Combine(_folder, assembly), .. arguments]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    // Beside the runtime this runs on: <dotnet>/shared/Microsoft.NETCore.App/<version>.
    private static string NewestSdk()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk")).Where(sdk => File.Exists(Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")))
            .OrderBy(sdk => Version.Parse(Path.GetFileName(sdk).Split('-')[0])).Last();
    }
}

/// <summary>What compiling took.</summary>
/// <param name="Time">From start to end.</param>
/// <param name="Processor">Processor time of the compiler, which other load on the machine changes less.</param>
/// <param name="Output">What the compiler said.</param>
internal sealed record Compiled(TimeSpan Time, TimeSpan Processor, string Output);

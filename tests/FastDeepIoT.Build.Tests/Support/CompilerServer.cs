using System.Diagnostics;

namespace FastDeepIoT.Build.Tests;

/// <summary>
/// A compiler that stays between the builds of the tests, as it does on the machines of most people: one that starts anew takes most of the
/// time of a small build. It is of these tests alone, and goes with them.
/// </summary>
internal sealed class CompilerServer : IDisposable
{
    private readonly Process _process;

    private CompilerServer(Process process) => _process = process;

    /// <summary>By which builds find it.</summary>
    internal static string Name { get; } = "fastdeepiot-tests-" + Guid.NewGuid().ToString("N");

    /// <summary>Starts the compiler with which projects in the folder are built.</summary>
    internal static async Task<CompilerServer> Start(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "compiler.proj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        var place = (await DotNet.Run(folder, new Dictionary<string, string>(), "msbuild", "compiler.proj", "-getProperty:RoslynTargetsPath")).Succeeded().Output.Trim();
        var server = new ProcessStartInfo(DotNet.Host, ["exec", Path.Combine(place, "bincore", "VBCSCompiler.dll"), "-pipename:" + Name])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true, // what reads the output of these tests waits for nobody else
            RedirectStandardError = true,
        };
        return new CompilerServer(Process.Start(server)!);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

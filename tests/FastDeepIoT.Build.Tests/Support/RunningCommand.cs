using System.Diagnostics;
using System.Text;

namespace FastDeepIoT.Build.Tests;

/// <summary>A command that does not end by itself; ended, with all it started, when it is disposed.</summary>
internal sealed class RunningCommand : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3), Pause = TimeSpan.FromMilliseconds(100);
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    internal RunningCommand(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far.</summary>
    internal string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Waits until something has happened, and fails with what was printed when it does not.</summary>
    internal async Task Until(Func<bool> happened)
    {
        for (var watch = Stopwatch.StartNew(); !happened(); await Task.Delay(Pause, TestContext.Current.CancellationToken))
            Assert.True(watch.Elapsed < Longest && !_process.HasExited, Output);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }
}

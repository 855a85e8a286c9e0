using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Processes;

/// <summary>
/// The tool at work beside the build: started before the compiler, waited for after it. When the build ends early, MSBuild disposes it; when
/// the build is killed, the pipe to the tool's standard input breaks, which tells the tool to stop.
/// </summary>
internal sealed class ToolRun : IDisposable
{
    /// <summary>The line by which the tool tells that every report which the compiler reads is written.</summary>
    internal const string CompilerMayStart = "#compiler-may-start";

    private const int ErrorLinesKept = 8;
    private const int PatienceMilliseconds = 3000;

    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ManualResetEvent _compilerMayStart = new(false);
    private readonly ManualResetEvent _ended = new(false);
    private readonly Process _process;
    private readonly string _requestFile;
    private int _openStreams = 2;

    private ToolRun(Process process, string requestFile) => (_process, _requestFile) = (process, requestFile);

    /// <summary>The lines for people that the tool printed.</summary>
    internal IEnumerable<string> Output => _output;

    /// <summary>The last lines of what went wrong.</summary>
    internal IReadOnlyList<string> LastErrors => [.. _errors];

    /// <summary>How the tool ended.</summary>
    internal int ExitCode => _process.ExitCode;

    /// <summary>Starts the tool.</summary>
    /// <param name="host">The <c>dotnet</c> that runs it.</param>
    /// <param name="assembly">The tool's assembly.</param>
    /// <param name="requestFile">What is asked of it; deleted in the end.</param>
    /// <param name="folder">The folder it runs in.</param>
    internal static ToolRun Start(string host, string assembly, string requestFile, string folder)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(host, ArgumentsOf(assembly, requestFile))
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        var run = new ToolRun(process, requestFile);
        process.OutputDataReceived += (_, line) => run.TakeOutput(line.Data);
        process.ErrorDataReceived += (_, line) => run.TakeError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return run;
    }

    /// <summary>The command line behind the host.</summary>
    internal static string ArgumentsOf(string assembly, string requestFile)
    {
        var arguments = new CommandLineBuilder();
        arguments.AppendSwitch("exec");
        arguments.AppendFileNameIfNotNull(assembly);
        arguments.AppendSwitch("build");
        arguments.AppendFileNameIfNotNull(requestFile);
        return arguments.ToString();
    }

    /// <summary>Waits until the compiler may start, or the tool has ended.</summary>
    internal void WaitForCompiler(WaitHandle cancelled) => WaitHandle.WaitAny([_compilerMayStart, _ended, cancelled]);

    /// <summary>Waits until the tool has ended; false when the build is cancelled before.</summary>
    internal bool WaitForEnd(WaitHandle cancelled)
    {
        if (WaitHandle.WaitAny([_ended, cancelled]) != 0) return false;

        _process.WaitForExit();
        return true;
    }

    /// <summary>Stops the tool if it still works: asks first, so that it removes what it has half done.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(PatienceMilliseconds)) _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            // it has just ended
        }

        DeleteRequest();
        _process.Dispose();
    }

    private void TakeOutput(string? line)
    {
        if (line is null) CloseStream();
        else if (line == CompilerMayStart) _compilerMayStart.Set();
        else if (line.Length > 0) _output.Enqueue(line);
    }

    private void TakeError(string? line)
    {
        if (line is null) CloseStream();
        else if (line.Trim().Length > 0) _errors.Enqueue(line.Trim());
        if (_errors.Count > ErrorLinesKept) _errors.TryDequeue(out _);
    }

    // A process has ended when it has nothing left to say.
    private void CloseStream()
    {
        if (Interlocked.Decrement(ref _openStreams) == 0) _ended.Set();
    }

    private void DeleteRequest()
    {
        try
        {
            File.Delete(_requestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // goes with the next clean
        }
    }
}

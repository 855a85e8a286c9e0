using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using FastDeepIoT.Build.Reports;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Processes;

/// <summary>How a run of the tool came to its end.</summary>
internal enum ToolEnd
{
    /// <summary>By itself, or by a crash.</summary>
    Ended,

    /// <summary>The build was cancelled.</summary>
    Cancelled,

    /// <summary>It took longer than it may.</summary>
    TimedOut,
}

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
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly Process _process;
    private readonly string _requestFile;
    private int _openStreams = 2;

    private ToolRun(ToolWork work, IReadOnlyList<ITaskItem> models, Process process, string requestFile) =>
        (Work, Models, _process, _requestFile) = (work, models, process, requestFile);

    /// <summary>Where it comes from.</summary>
    internal ToolWork Work { get; }

    /// <summary>What it was asked for.</summary>
    internal IReadOnlyList<ITaskItem> Models { get; }

    /// <summary>The lines for people that the tool printed.</summary>
    internal IEnumerable<string> Output => _output;

    /// <summary>The last lines of what went wrong.</summary>
    internal IReadOnlyList<string> LastErrors => [.. _errors];

    /// <summary>How the tool ended.</summary>
    internal int ExitCode => _process.ExitCode;

    /// <summary>Whether the process was ended: by a signal, which .NET reports as 128 and more, or by an exception of Windows, which is negative.</summary>
    internal bool HasCrashed => ExitCode is < 0 or > 128;

    /// <summary>The models without a report of this run; the first when all have one, because something was still going on.</summary>
    internal IReadOnlyList<ITaskItem> NotDone =>
        [.. Models.Where(model => File.GetLastWriteTimeUtc(ReportFile.PathOf(model)) < _start).DefaultIfEmpty(Models[0])];

    /// <summary>Starts the tool.</summary>
    /// <param name="work">What to start.</param>
    /// <param name="models">The models to work on.</param>
    /// <param name="requestFile">What is asked of it; deleted in the end.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such host, or it cannot be run.</exception>
    internal static ToolRun Start(ToolWork work, IReadOnlyList<ITaskItem> models, string requestFile)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(work.Host, ArgumentsOf(work.Assembly, requestFile))
            {
                WorkingDirectory = work.Folder,
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        var run = new ToolRun(work, models, process, requestFile);
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

    /// <summary>Waits until the compiler may start, or the tool has ended or had its time.</summary>
    internal void WaitForCompiler(WaitHandle cancelled, int longestMilliseconds) =>
        WaitHandle.WaitAny([_compilerMayStart, _ended, cancelled], Left(longestMilliseconds));

    /// <summary>Waits until the tool has ended.</summary>
    /// <param name="cancelled">Set when the build is cancelled.</param>
    /// <param name="longestMilliseconds">How long it may take since it was started; 0 for as long as it likes.</param>
    internal ToolEnd WaitForEnd(WaitHandle cancelled, int longestMilliseconds)
    {
        var first = WaitHandle.WaitAny([_ended, cancelled], Left(longestMilliseconds));
        if (first == WaitHandle.WaitTimeout) return ToolEnd.TimedOut;
        if (first != 0) return ToolEnd.Cancelled;

        _process.WaitForExit();
        return ToolEnd.Ended;
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

    private int Left(int longestMilliseconds) => longestMilliseconds == 0 ? Timeout.Infinite : (int)Math.Max(0, longestMilliseconds - _watch.ElapsedMilliseconds);

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

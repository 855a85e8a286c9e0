using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using FastDeepIoT.Build.Processes;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>Waits for what <see cref="OptimizeOnnxModels"/> has started: for all of it, or for what the compiler reads.</summary>
[MSBuildMultiThreadableTask]
public sealed class AwaitOnnxModels : Task, ICancelableTask
{
    private const int RequestRefused = 2;
    private const int MillisecondsPerMinute = 60_000;

    private readonly ManualResetEvent _cancelled = new(false);

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder the tool was started for.</summary>
    [Required]
    public string RequestDirectory { get; set; } = "";

    /// <summary>Milliseconds after which a tool that still works is ended; 0 for never.</summary>
    public int Timeout { get; set; }

    /// <summary>Whether to wait only for the reports that the compiler reads.</summary>
    public bool ForCompiler { get; set; }

    /// <inheritdoc/>
    public void Cancel() => _cancelled.Set();

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (ForCompiler)
        {
            Find(BuildEngine4, RequestDirectory)?.WaitForCompiler(_cancelled, Timeout);
            return true;
        }

        using var run = Take(BuildEngine4, RequestDirectory);
        return run is null || (Finish(run) && !Log.HasLoggedErrors);
    }

    /// <summary>Notes that the tool works for a folder; should the build end without waiting for it, MSBuild disposes it.</summary>
    internal static void Register(IBuildEngine4 engine, string folder, ToolRun run)
    {
        Take(engine, folder)?.Dispose(); // nobody waited for an earlier one
        engine.RegisterTaskObject(KeyOf(folder), run, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
    }

    private static ToolRun? Find(IBuildEngine4 engine, string folder) =>
        engine.GetRegisteredTaskObject(KeyOf(folder), RegisteredTaskObjectLifetime.Build) as ToolRun;

    private static ToolRun? Take(IBuildEngine4 engine, string folder) =>
        engine.UnregisterTaskObject(KeyOf(folder), RegisteredTaskObjectLifetime.Build) as ToolRun;

    private static string KeyOf(string folder) => "FastDeepIoT.Build: " + folder;

    private bool Finish(ToolRun run)
    {
        switch (run.WaitForEnd(_cancelled, Timeout))
        {
            case ToolEnd.Cancelled: return false;
            case ToolEnd.TimedOut:
                LogError(DiagnosticCode.ToolTimedOut,
                    $"The fastdeepiot tool was still working on {Names(run)} after {Timeout / MillisecondsPerMinute} minutes and was ended. Look whether the model is larger than it "
                    + "should be, raise FastDeepIoTTimeoutMinutes, or set Mode to None for it.");
                return false;
        }

        foreach (var line in run.Output) Log.LogMessage(MessageImportance.Low, "{0}", line);
        if (run.ExitCode == 0) return true;
        if (run.HasCrashed && run.Models.Count > 1) return OneByOne(run);

        LogFailure(run);
        return false;
    }

    // One model took the process down with all others: those that are not done yet get a process each, and only one of these will fail.
    private bool OneByOne(ToolRun crashed)
    {
        Log.LogMessage(MessageImportance.High, "The fastdeepiot tool ended with exit code {0}; what is not done is tried model by model.", crashed.ExitCode);
        var areDone = true;
        foreach (var model in crashed.NotDone)
        {
            if (_cancelled.WaitOne(0)) return false;
            areDone &= Alone(crashed.Work, model);
        }

        return areDone;
    }

    private bool Alone(ToolWork work, ITaskItem model)
    {
        try
        {
            using var run = work.Start([model]);
            return Finish(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            LogError(DiagnosticCode.CannotWrite, $"The fastdeepiot tool cannot be started again: {e.Message}");
            return false;
        }
    }

    private static string Names(ToolRun run) => string.Join(", ", run.NotDone.Select(model => $"'{Items.ModelName.Of(model)}'"));

    private void LogFailure(ToolRun run)
    {
        if (run.HasCrashed)
        {
            LogError(DiagnosticCode.ToolEnded,
                $"The process of the fastdeepiot tool ended with exit code {run.ExitCode} while working on {Names(run)}: ONNX Runtime crashed on it, or the system ended it, most "
                + "often for want of memory. Try the model with the runtime alone, give the build more memory, or set Mode to None for it."
                + (run.LastErrors.Count == 0 ? "" : " It said: " + string.Join(" ", run.LastErrors)));
            return;
        }

        var refusal = run.ExitCode == RequestRefused
            ? run.LastErrors.Select(line => Regex.Match(line, @"^(FDI\d{4}): (.+)$")).FirstOrDefault(match => match.Success)
            : null;
        if (refusal is not null && DiagnosticCode.Find(refusal.Groups[1].Value) is { } code)
            LogError(code, refusal.Groups[2].Value);
        else
            LogError(DiagnosticCode.Internal, $"The fastdeepiot tool ended with exit code {run.ExitCode}: {string.Join(" ", run.LastErrors)}");
    }

    private void LogError(DiagnosticCode code, string message) =>
        Log.LogError(null, code.Id, null, code.HelpLink, ProjectFile, 0, 0, 0, 0, message);
}

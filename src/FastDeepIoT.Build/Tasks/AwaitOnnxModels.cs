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

    private readonly ManualResetEvent _cancelled = new(false);

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder the tool was started for.</summary>
    [Required]
    public string RequestDirectory { get; set; } = "";

    /// <summary>Whether to wait only for the reports that the compiler reads.</summary>
    public bool ForCompiler { get; set; }

    /// <inheritdoc/>
    public void Cancel() => _cancelled.Set();

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (ForCompiler)
        {
            Find(BuildEngine4, RequestDirectory)?.WaitForCompiler(_cancelled);
            return true;
        }

        using var run = Take(BuildEngine4, RequestDirectory);
        if (run is null) return true;
        if (!run.WaitForEnd(_cancelled)) return false;

        foreach (var line in run.Output) Log.LogMessage(MessageImportance.Low, "{0}", line);
        if (run.ExitCode != 0) LogFailure(run);
        return !Log.HasLoggedErrors;
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

    private void LogFailure(ToolRun run)
    {
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

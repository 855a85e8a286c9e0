using System;
using System.ComponentModel;
using System.IO;
using FastDeepIoT.Build.Processes;
using FastDeepIoT.Build.Requests;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>
/// Starts the tool once for all models that are out of date, and lets it work beside the build until <see cref="AwaitOnnxModels"/>. In a
/// process of its own, because the build must neither hold ONNX Runtime's native library nor care which version of it the application uses.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class OptimizeOnnxModels : Task
{
    /// <summary>The models to work on, with destinations.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The tool's assembly.</summary>
    [Required]
    public string ToolAssembly { get; set; } = "";

    /// <summary>The <c>dotnet</c> that runs it.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>Where the request is written for as long as the tool runs.</summary>
    [Required]
    public string RequestDirectory { get; set; } = "";

    /// <summary>The budget of models that have none of their own.</summary>
    public string LatencyBudget { get; set; } = "";

    /// <summary>The built-in device of models without a device.</summary>
    public string StandInDevice { get; set; } = "";

    /// <summary>Where results are kept, relative to the project; <c>false</c> for nowhere, empty for the user's own folder.</summary>
    public string Cache { get; set; } = "";

    /// <summary>Whether there is something to wait for.</summary>
    [Output]
    public bool IsStarted { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (Path.IsPathRooted(DotNetHost) && !File.Exists(DotNetHost))
        {
            LogError(DiagnosticCode.FileNotFound, $"'{DotNetHost}', which should run the fastdeepiot tool, does not exist. Correct FastDeepIoTDotNetHost, or remove it.");
            return false;
        }

        var requests = new RequestWriter(ProjectFile, LatencyBudget, StandInDevice, Cache);
        var work = new ToolWork(DotNetHost, ToolAssembly, Path.GetDirectoryName(ProjectFile)!, RequestDirectory, requests);
        try
        {
            Log.LogCommandLine(MessageImportance.Low, $"{DotNetHost} {ToolRun.ArgumentsOf(ToolAssembly, RequestDirectory)}");
            AwaitOnnxModels.Register(BuildEngine4, RequestDirectory, work.Start(Models));
            return IsStarted = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogError(DiagnosticCode.CannotWrite, $"'{RequestDirectory}' cannot be written: {e.Message}");
        }
        catch (Win32Exception e)
        {
            LogError(DiagnosticCode.FileNotFound, $"'{DotNetHost}', which should run the fastdeepiot tool, cannot be started: {e.Message}. Set FastDeepIoTDotNetHost to the dotnet of your SDK.");
        }

        return false;
    }

    private void LogError(DiagnosticCode code, string message) =>
        Log.LogError(null, code.Id, null, code.HelpLink, ProjectFile, 0, 0, 0, 0, message);
}

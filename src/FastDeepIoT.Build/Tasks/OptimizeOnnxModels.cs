using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using FastDeepIoT.Build.Requests;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>
/// Starts the tool once for all models that are out of date. In a process of its own, because the build must neither hold ONNX Runtime's
/// native library nor care which version of it the application uses.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class OptimizeOnnxModels : ToolTask
{
    private const int RequestRefused = 2;
    private const int LinesKept = 8;

    private readonly Queue<string> _lastErrors = new();
    private string _request = "";

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

    /// <inheritdoc/>
    protected override string ToolName => Path.GetFileName(DotNetHost);

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override bool Execute()
    {
        // A name of its own, because two builds of one project may run at the same time.
        _request = Path.Combine(RequestDirectory, $"request-{Guid.NewGuid():N}.rsp");
        try
        {
            Directory.CreateDirectory(RequestDirectory);
            var lines = new RequestWriter(ProjectFile, LatencyBudget, StandInDevice, Cache).Lines(Models);
            File.WriteAllText(_request, string.Concat(lines.Select(line => line + "\n")));
            return base.Execute();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogError(DiagnosticCode.CannotWrite, $"'{RequestDirectory}' cannot be written: {e.Message}");
            return false;
        }
        finally
        {
            DeleteTempFile(_request);
        }
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var commandLine = new CommandLineBuilder();
        commandLine.AppendSwitch("exec");
        commandLine.AppendFileNameIfNotNull(ToolAssembly);
        commandLine.AppendSwitch("build");
        commandLine.AppendFileNameIfNotNull(_request);
        return commandLine.ToString();
    }

    /// <summary>Shows a line as it is: what looks like an error of a compiler is not one, findings come in reports.</summary>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        Log.LogMessage(messageImportance, "{0}", singleLine);
        if (messageImportance != StandardErrorImportanceToUse || singleLine.Trim().Length == 0) return;

        _lastErrors.Enqueue(singleLine.Trim());
        if (_lastErrors.Count > LinesKept) _lastErrors.Dequeue();
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        var refusal = ExitCode == RequestRefused
            ? _lastErrors.Select(line => Regex.Match(line, @"^(FDI\d{4}): (.+)$")).FirstOrDefault(match => match.Success)
            : null;
        if (refusal is not null && DiagnosticCode.Find(refusal.Groups[1].Value) is { } code)
            LogError(code, refusal.Groups[2].Value);
        else
            LogError(DiagnosticCode.Internal, $"The fastdeepiot tool ended with exit code {ExitCode}: {string.Join(" ", _lastErrors)}");
        return false;
    }

    private void LogError(DiagnosticCode code, string message) =>
        Log.LogError(null, code.Id, null, code.HelpLink, ProjectFile, 0, 0, 0, 0, message);
}

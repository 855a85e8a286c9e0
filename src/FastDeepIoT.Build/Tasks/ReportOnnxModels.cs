using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Budgets;
using FastDeepIoT.Build.Findings;
using FastDeepIoT.Build.Items;
using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>
/// Shows what the tool found and judges budgets. Runs in every build, so that a finding outlives the build that made it and a missed
/// budget fails every build until it is met.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ReportOnnxModels : Task
{
    /// <summary>The models, with destinations.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The budget of models that have none of their own.</summary>
    public string LatencyBudget { get; set; } = "";

    /// <summary>See <c>FastDeepIoTSeverities</c>.</summary>
    public string Severities { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = new FindingLog(Log, new Severities(Severities));
        var lines = new List<string>();
        foreach (var model in Models)
            if (Read(model, log) is { } report)
            {
                Replay(model, report, log);
                Judge(model, report, log);
                lines.Add(SummaryLine.Of(report, BudgetOf(model)));
                if (report.Status == ReportStatus.Failed) File.Delete(ReportPath.Of(model)); // the next build tries again
            }

        Log.LogMessage(MessageImportance.High, "{0}", string.Join(Environment.NewLine, lines));
        return !Log.HasLoggedErrors;
    }

    private static BuildReport? Read(ITaskItem model, FindingLog log)
    {
        var path = ReportPath.Of(model);
        try
        {
            return BuildReportReader.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            log.Write(DiagnosticCode.Internal, $"The tool left no report of '{ModelName.Of(model)}'. Clean and build again.", new SourceLocation(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            log.Write(
                DiagnosticCode.Internal,
                $"The report of '{ModelName.Of(model)}' cannot be read: {e.Message.TrimEnd('.')}. Clean and build again.",
                new SourceLocation(path));
        }

        return null;
    }

    private void Replay(ITaskItem model, BuildReport report, FindingLog log)
    {
        foreach (var finding in report.Findings)
            log.Write(finding.Code, finding.Severity, finding.Message, PlaceOf(finding, model));
    }

    private SourceLocation PlaceOf(ReportedFinding finding, ITaskItem model)
    {
        if (finding.File is { } file) return new SourceLocation(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, file)));
        if (finding.Code == DiagnosticCode.UnknownDevice) return SourceLocation.Of(model, Metadata.Device);
        return finding.Code == DiagnosticCode.InvalidOption
            ? SourceLocation.Of(model, null)
            : new SourceLocation(model.GetMetadata(Metadata.FullPath));
    }

    private void Judge(ITaskItem model, BuildReport report, FindingLog log)
    {
        if (report.Status == ReportStatus.Failed || BudgetOf(model) is not { } budget) return;

        if (BudgetJudge.Judge(report, budget) is { } message)
            log.Write(DiagnosticCode.OverBudget, message, BudgetPlace(model));
    }

    private LatencyBudget? BudgetOf(ITaskItem model) => Budgets.LatencyBudget.TryParse(OwnBudget(model) is { Length: > 0 } own ? own : LatencyBudget);

    private SourceLocation BudgetPlace(ITaskItem model) => OwnBudget(model).Length > 0
        ? SourceLocation.Of(model, Metadata.LatencyBudget)
        : SourceLocation.Of(model, null);

    private static string OwnBudget(ITaskItem model) => model.GetMetadata(Metadata.LatencyBudget);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Baselines;
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
    private const double DefaultMaxRegression = 0.05;

    /// <summary>The models, once for each device.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Absolute path of the Markdown summary to write.</summary>
    [Required]
    public string SummaryFile { get; set; } = "";

    /// <summary>Absolute path of the SARIF log to write.</summary>
    [Required]
    public string SarifFile { get; set; } = "";

    /// <summary>The budget of models that have none of their own.</summary>
    public string LatencyBudget { get; set; } = "";

    /// <summary>See <c>FastDeepIoTTotalLatencyBudget</c>.</summary>
    public string TotalLatencyBudget { get; set; } = "";

    /// <summary>See <c>FastDeepIoTBudgetOn</c>.</summary>
    public string BudgetOn { get; set; } = "";

    /// <summary>A committed baseline to compare with, relative to the project; empty for none.</summary>
    public string Baseline { get; set; } = "";

    /// <summary>How much more than in the baseline a model may take; 5% when empty.</summary>
    public string MaxRegression { get; set; } = "";

    /// <summary>Writes the predicted times into the baseline, instead of comparing with it.</summary>
    public bool UpdateBaseline { get; set; }

    /// <summary>See <c>FastDeepIoTSeverities</c>.</summary>
    public string Severities { get; set; } = "";

    /// <summary>Whether there was neither warning nor error, so that nothing is missed when the next build does not look again.</summary>
    [Output]
    public bool IsQuiet { get; set; }

    private string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;

    private string BaselinePath => Path.GetFullPath(Path.Combine(ProjectDirectory, Baseline));

    /// <inheritdoc/>
    public override bool Execute()
    {
        var severities = new TimeModel.Severities(Severities);
        var log = new FindingLog(Log, severities);
        try
        {
            var limits = Limits();
            List<ModelVerdict> verdicts = [.. Models.Select(model => limits.Judge(model, ReportFile.Read(model)))];
            List<TotalVerdict> totals = [.. new TotalBudgets(TotalLatencyBudget).Judge(verdicts, Basis)];
            foreach (var verdict in verdicts) Show(verdict, log);
            foreach (var failure in totals.Select(total => total.Failure).OfType<Finding>())
                log.Write(failure.Code, failure.Message, SourceLocation.OfProperty(ProjectFile, "FastDeepIoTTotalLatencyBudget"));
            Summarize(verdicts, totals);
            Write(SarifFile, new FindingsSarif(ProjectDirectory).Of(log.Shown));
            if (UpdateBaseline) Update(verdicts);
        }
        catch (InputException e)
        {
            log.Write(e.Finding.Code, e.Finding.Message, new SourceLocation(e.Finding.File ?? ProjectFile));
        }

        IsQuiet = log.IsQuiet;
        return !Log.HasLoggedErrors;
    }

    private BudgetBasis Basis => Enum.TryParse<BudgetBasis>(BudgetOn, ignoreCase: true, out var basis) ? basis : BudgetBasis.Median;

    private ModelLimits Limits() => new(
        Budgets.LatencyBudget.TryParse(LatencyBudget),
        Basis,
        Baseline.Length == 0 || UpdateBaseline ? null : LatencyBaseline.Read(BaselinePath),
        Percentage.TryParse(MaxRegression) ?? DefaultMaxRegression);

    private void Show(ModelVerdict verdict, FindingLog log)
    {
        foreach (var finding in verdict.Report.Findings)
            log.Write(finding.Code, finding.Severity, finding.Message, PlaceOf(finding, verdict.Model));
        foreach (var failure in verdict.Failures)
            log.Write(failure.Code, failure.Message, SourceLocation.Of(verdict.Model, Metadata.LatencyBudget));
        if (verdict.Report.Status == ReportStatus.Failed) File.Delete(ReportFile.PathOf(verdict.Model)); // the next build tries again
    }

    private SourceLocation PlaceOf(ReportedFinding finding, ITaskItem model)
    {
        if (finding.File is { } file) return new SourceLocation(Path.GetFullPath(Path.Combine(ProjectDirectory, file)));
        if (finding.Code == DiagnosticCode.StandInDevice) return new SourceLocation(ProjectFile); // said once, not once a model
        if (finding.Code == DiagnosticCode.UnknownDevice) return SourceLocation.Of(model, Metadata.Device);
        return finding.Code == DiagnosticCode.InvalidOption
            ? SourceLocation.Of(model, null)
            : new SourceLocation(model.GetMetadata(Metadata.FullPath));
    }

    private void Summarize(List<ModelVerdict> verdicts, List<TotalVerdict> totals)
    {
        var lines = verdicts.Select(verdict => SummaryLine.Of(verdict.Report, verdict.Budget)).Concat(totals.Select(SummaryLine.Of));
        Log.LogMessage(MessageImportance.High, "{0}", string.Join(Environment.NewLine, lines));

        Write(SummaryFile, SummaryMarkdown.Of(verdicts, totals));
    }

    private static void Write(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text) File.WriteAllText(file, text);
    }

    private void Update(List<ModelVerdict> verdicts) => BaselineUpdate.Apply(BaselinePath, baseline =>
    {
        foreach (var verdict in verdicts)
            if (verdict.Report is { Device: { } device, Optimized: { } time })
                baseline.Set(verdict.Model.GetMetadata(Metadata.FullPath), device, time.Nanoseconds);
        baseline.RemoveMissing();
    });
}

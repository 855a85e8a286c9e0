using System.IO;
using System.Linq;
using FastDeepIoT.Build.Budgets;
using FastDeepIoT.Build.Findings;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>Finds mistakes in <c>OnnxModel</c> items and properties before anything is started, and shows them where they were made.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckOnnxModels : Task
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
        var log = new FindingLog(Log, new Severities(""));
        CheckProperties(log);
        CheckItems(log);
        CheckNamesAreUnique(log);
        return !Log.HasLoggedErrors;
    }

    private void CheckProperties(FindingLog log)
    {
        if (LatencyBudget.Length > 0 && Budgets.LatencyBudget.TryParse(LatencyBudget) is null)
            Write(log, "FastDeepIoTLatencyBudget", $"FastDeepIoTLatencyBudget is '{LatencyBudget}', expected {Budgets.LatencyBudget.Expected}.");
        foreach (var entry in new Severities(Severities).Problems)
            Write(log, "FastDeepIoTSeverities", $"FastDeepIoTSeverities has '{entry}', expected CODE=none, message, warning or error, for instance FDI2001=warning.");
    }

    private void Write(FindingLog log, string property, string message) =>
        log.Write(DiagnosticCode.InvalidOption, message, SourceLocation.OfProperty(ProjectFile, property));

    private void CheckItems(FindingLog log)
    {
        var directory = Path.GetDirectoryName(ProjectFile)!;
        foreach (var model in Models)
            foreach (var problem in ItemRules.Check(model, directory))
                log.Write(problem.Code, problem.Message, SourceLocation.Of(model, problem.Metadata));
    }

    private void CheckNamesAreUnique(FindingLog log)
    {
        var clashes = Models.GroupBy(ModelName.Of, System.StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);
        foreach (var model in clashes.SelectMany(group => group.Skip(1)))
            log.Write(
                DiagnosticCode.InvalidOption,
                $"Two models would be delivered as '{ModelName.Of(model)}'. Remove one, or give it another name by Link.",
                SourceLocation.Of(model, null));
    }
}

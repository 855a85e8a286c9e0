using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Budgets;
using FastDeepIoT.Build.Devices;
using FastDeepIoT.Build.Findings;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build;

/// <summary>
/// Finds mistakes in <c>OnnxModel</c> items and properties before anything is started, shows them where they were made, and says what
/// there is to do.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckOnnxModels : Task
{
    /// <summary>The models, with destinations.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Where variants that are not delivered go.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>The budget of models that have none of their own.</summary>
    public string LatencyBudget { get; set; } = "";

    /// <summary>See <c>FastDeepIoTTotalLatencyBudget</c>.</summary>
    public string TotalLatencyBudget { get; set; } = "";

    /// <summary>See <c>FastDeepIoTBudgetOn</c>.</summary>
    public string BudgetOn { get; set; } = "";

    /// <summary>See <c>FastDeepIoTMaxRegression</c>.</summary>
    public string MaxRegression { get; set; } = "";

    /// <summary>See <c>FastDeepIoTDevices</c>.</summary>
    public string Devices { get; set; } = "";

    /// <summary>What is built for; chooses among <see cref="Devices"/>.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>See <c>FastDeepIoTSeverities</c>.</summary>
    public string Severities { get; set; } = "";

    /// <summary>The models, once for each device.</summary>
    [Output]
    public ITaskItem[] Work { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = new FindingLog(Log, new TimeModel.Severities(""));
        var devices = TargetDevice.ParseList(Devices);
        CheckProperties(log, devices);
        CheckItems(log);
        CheckNamesAreUnique(log);
        Work = [.. Models.SelectMany(new DeviceVariants(devices, RuntimeIdentifier, Directory).Of)];
        return !Log.HasLoggedErrors;
    }

    private void CheckProperties(FindingLog log, IReadOnlyList<TargetDevice> devices)
    {
        if (LatencyBudget.Length > 0 && Budgets.LatencyBudget.TryParse(LatencyBudget) is null)
            Write(log, "FastDeepIoTLatencyBudget", $"FastDeepIoTLatencyBudget is '{LatencyBudget}', expected {Budgets.LatencyBudget.Expected}.");
        if (BudgetOn.Length > 0 && !Enum.TryParse<BudgetBasis>(BudgetOn, ignoreCase: true, out _))
            Write(log, "FastDeepIoTBudgetOn", $"FastDeepIoTBudgetOn is '{BudgetOn}', expected Median or UpperBound.");
        CheckTotals(log, devices);
        if (MaxRegression.Length > 0 && Percentage.TryParse(MaxRegression) is null)
            Write(log, "FastDeepIoTMaxRegression", $"FastDeepIoTMaxRegression is '{MaxRegression}', expected {Percentage.Expected}.");
        foreach (var entry in new TimeModel.Severities(Severities).Problems)
            Write(log, "FastDeepIoTSeverities", $"FastDeepIoTSeverities has '{entry}', expected {TimeModel.Severities.Expected}.");
        foreach (var device in devices) CheckDevice(log, device, "FastDeepIoTDevices", SourceLocation.OfProperty(ProjectFile, "FastDeepIoTDevices"));
    }

    private void CheckTotals(FindingLog log, IReadOnlyList<TargetDevice> devices)
    {
        const string property = "FastDeepIoTTotalLatencyBudget";
        var totals = new TotalBudgets(TotalLatencyBudget);
        foreach (var problem in totals.Problems)
            Write(log, property, $"{property} has '{problem}', expected {TotalBudgets.Expected}.");
        var known = devices.Concat(Models.SelectMany(model => TargetDevice.ParseList(model.GetMetadata(Metadata.Devices)))).Select(device => device.Device)
            .Concat(Models.Select(model => model.GetMetadata(Metadata.Device)));
        foreach (var device in totals.Devices.Except(known))
            Write(log, property, $"{property} names the device '{device}', which no model is built for. Write it as FastDeepIoTDevices, FastDeepIoTDevice or Device do.");
    }

    private void CheckDevice(FindingLog log, TargetDevice device, string name, SourceLocation place)
    {
        if (device.Device.Length == 0 || (device.LatencyBudget.Length > 0 && Budgets.LatencyBudget.TryParse(device.LatencyBudget) is null))
            log.Write(
                DiagnosticCode.InvalidOption, $"{name} has the device '{device.Device}' with the budget '{device.LatencyBudget}', expected {TargetDevice.Expected}.", place);
        else if (DeviceReference.LooksLikeFile(device.Device) && !File.Exists(Path.Combine(Path.GetDirectoryName(ProjectFile)!, device.Device)))
            log.Write(
                DiagnosticCode.FileNotFound,
                $"Device model '{device.Device}' does not exist. Correct its path, which is relative to the project file, or name a built-in device.",
                place);
    }

    private void Write(FindingLog log, string property, string message) =>
        log.Write(DiagnosticCode.InvalidOption, message, SourceLocation.OfProperty(ProjectFile, property));

    private void CheckItems(FindingLog log)
    {
        var directory = Path.GetDirectoryName(ProjectFile)!;
        foreach (var model in Models)
        {
            foreach (var problem in ItemRules.Check(model, directory))
                log.Write(problem.Code, problem.Message, SourceLocation.Of(model, problem.Metadata));
            foreach (var device in TargetDevice.ParseList(model.GetMetadata(Metadata.Devices)))
                CheckDevice(log, device, $"{Metadata.Devices} of '{model.ItemSpec}'", SourceLocation.Of(model, Metadata.Devices));
        }
    }

    private void CheckNamesAreUnique(FindingLog log)
    {
        var clashes = Models.GroupBy(ModelName.Of, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);
        foreach (var model in clashes.SelectMany(group => group.Skip(1)))
            log.Write(
                DiagnosticCode.InvalidOption,
                $"Two models would be delivered as '{ModelName.Of(model)}'. Remove one, or give it another name by Link.",
                SourceLocation.Of(model, null));
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Budgets;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Items;

/// <summary>What must hold for an <c>OnnxModel</c> item before anything is started for it.</summary>
internal static class ItemRules
{
    internal static readonly string[] Modes = ["None", "Exact", "Compress"];

    internal static IEnumerable<ItemProblem> Check(ITaskItem item, string projectDirectory) =>
        CheckNames(item)
            .Concat(CheckOriginal(item))
            .Concat(CheckDestination(item))
            .Concat(CheckMode(item))
            .Concat(CheckDevice(item, projectDirectory))
            .Concat(CheckDimensions(item))
            .Concat(CheckBudget(item))
            .Concat(CheckMaxDrop(item))
            .Concat(CheckCalibration(item, projectDirectory))
            .Concat(CheckEmbed(item));

    private static IEnumerable<ItemProblem> CheckNames(ITaskItem item) =>
        from name in Metadata.Unknown(item.MetadataNames.Cast<string>())
        select Invalid(name, $"'{item.ItemSpec}' has metadata '{name}', which means nothing to OnnxModel. {Suggest(name)}");

    private static IEnumerable<ItemProblem> CheckOriginal(ITaskItem item)
    {
        var path = item.GetMetadata(Metadata.FullPath);
        if (Directory.Exists(path))
            yield return Missing(null, $"'{item.ItemSpec}' is a folder, expected an ONNX model. Include the models in it, for instance {item.ItemSpec.TrimEnd('/', '\\')}/*.onnx.");
        else if (!File.Exists(path))
            yield return Missing(null, $"Model '{item.ItemSpec}' does not exist. Correct its path, which is relative to the project file, or remove the item.");
        if (path.IndexOf('\n') >= 0 || path.IndexOf('\r') >= 0)
            yield return Invalid(null, $"The path of '{item.ItemSpec}' holds a line break. Rename the file or its folder.");
    }

    // Where it is delivered decides where intermediate files are written: below the folder for them, and nowhere else.
    private static IEnumerable<ItemProblem> CheckDestination(ITaskItem item)
    {
        var name = ModelName.Of(item);
        if (Path.IsPathRooted(name) || name.Split('/').Contains("..") || name.Any(char.IsControl))
            yield return Invalid("Link", $"'{item.ItemSpec}' would be delivered as '{name}', outside the output folder. Give it a Link below it, for instance models/{Path.GetFileName(name)}.");
    }

    private static IEnumerable<ItemProblem> CheckMode(ITaskItem item)
    {
        var mode = item.GetMetadata(Metadata.Mode);
        if (mode.Length > 0 && !Modes.Contains(mode, StringComparer.OrdinalIgnoreCase))
            yield return Invalid(Metadata.Mode, $"Mode of '{item.ItemSpec}' is '{mode}', expected None, Exact or Compress.");
    }

    private static IEnumerable<ItemProblem> CheckDevice(ITaskItem item, string projectDirectory)
    {
        var device = item.GetMetadata(Metadata.Device);
        if (device.Length > 0 && item.GetMetadata(Metadata.Devices).Length > 0)
            yield return Invalid(Metadata.Devices, $"'{item.ItemSpec}' has both Device and Devices. Name one device by Device, several by Devices.");
        if (DeviceReference.LooksLikeFile(device) && !File.Exists(Path.Combine(projectDirectory, device)))
            yield return Missing(Metadata.Device, $"Device model '{device}' of '{item.ItemSpec}' does not exist. Correct its path, which is relative to the project file, or name a built-in device.");
    }

    private static IEnumerable<ItemProblem> CheckDimensions(ITaskItem item) =>
        from problem in Dimension.Problems(item.GetMetadata(Metadata.Dimensions))
        select Invalid(Metadata.Dimensions, $"Dimensions of '{item.ItemSpec}' has '{problem}', expected {Dimension.Expected}.");

    private static IEnumerable<ItemProblem> CheckBudget(ITaskItem item)
    {
        var budget = item.GetMetadata(Metadata.LatencyBudget);
        if (budget.Length > 0 && LatencyBudget.TryParse(budget) is null)
            yield return Invalid(Metadata.LatencyBudget, $"LatencyBudget of '{item.ItemSpec}' is '{budget}', expected {LatencyBudget.Expected}.");
    }

    private static IEnumerable<ItemProblem> CheckMaxDrop(ITaskItem item)
    {
        var drop = item.GetMetadata(Metadata.MaxDrop);
        if (drop.Length > 0 && Percentage.TryParse(drop) is null or > 1)
            yield return Invalid(Metadata.MaxDrop, $"MaxDrop of '{item.ItemSpec}' is '{drop}', expected {Percentage.Expected}.");
    }

    private static IEnumerable<ItemProblem> CheckCalibration(ITaskItem item, string projectDirectory)
    {
        if (item.GetMetadata(Metadata.Calibration).Length == 0 && item.GetMetadata(Metadata.Mode).Equals("Compress", StringComparison.OrdinalIgnoreCase))
            yield return Invalid(Metadata.Mode, $"Mode of '{item.ItemSpec}' is 'Compress', which needs data to judge accuracy by. Name some with Calibration.");
        foreach (var name in (string[])[Metadata.Calibration, Metadata.Judging])
        {
            var data = item.GetMetadata(name);
            var path = Path.Combine(projectDirectory, data);
            if (data.Length > 0 && !File.Exists(path) && !Directory.Exists(path))
                yield return Missing(name, $"{name} data '{data}' of '{item.ItemSpec}' does not exist. Correct its path, which is relative to the project file.");
        }
    }

    private static IEnumerable<ItemProblem> CheckEmbed(ITaskItem item)
    {
        var embed = item.GetMetadata(Metadata.Embed);
        if (embed.Length > 0 && !bool.TryParse(embed, out _))
            yield return Invalid(Metadata.Embed, $"Embed of '{item.ItemSpec}' is '{embed}', expected true or false.");
    }

    private static string Suggest(string name) => Spelling.Nearest(name, Metadata.Ours) is { } near
        ? $"Did you mean '{near}'?"
        : $"Expected {string.Join(", ", Metadata.Ours)}; metadata of your own may start with an underscore.";

    private static ItemProblem Invalid(string? metadata, string message) => new(DiagnosticCode.InvalidOption, message, metadata);

    private static ItemProblem Missing(string? metadata, string message) => new(DiagnosticCode.FileNotFound, message, metadata);
}

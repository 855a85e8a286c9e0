using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Items;
using FastDeepIoT.Build.Reports;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Requests;

/// <summary>What is asked of the tool, as <c>docs/build-protocol.md</c> has it.</summary>
internal sealed class RequestWriter(string projectFile, string defaultBudget, string standInDevice, string cache)
{
    private static readonly (string Key, string Name)[] Preprocessing =
    [
        ("scale", Metadata.InputScale), ("mean", Metadata.InputMean), ("std", Metadata.InputStd), ("layout", Metadata.InputLayout),
    ];

    private readonly string _projectDirectory = Path.GetDirectoryName(projectFile)!;

    internal IEnumerable<string> Lines(IEnumerable<ITaskItem> models) =>
        new[] { "protocol=1", "project=" + projectFile, "lifeline=stdin" }.Concat(LinesOfCache()).Concat(models.SelectMany(LinesOf));

    private IEnumerable<string> LinesOfCache()
    {
        if (string.Equals(cache, bool.FalseString, StringComparison.OrdinalIgnoreCase)) yield return "cache=off";
        else if (cache.Length > 0) yield return "cache=" + Path.GetFullPath(Path.Combine(_projectDirectory, cache));
    }

    private IEnumerable<string> LinesOf(ITaskItem model)
    {
        var output = ModelOutput.Of(model);
        yield return "model=" + model.GetMetadata(Metadata.FullPath);
        yield return "name=" + ModelName.Of(model);
        yield return "output=" + output;
        yield return "report=" + output + ReportFile.Suffix;

        var mode = ModeOf(model);
        yield return "mode=" + mode;
        if (model.GetMetadata(Metadata.Device) is { Length: > 0 } device)
            yield return "device=" + DeviceReference.Resolve(device, _projectDirectory);
        else if (standInDevice.Length > 0)
            yield return "stand-in=" + standInDevice;
        foreach (var dimension in Dimension.Split(model.GetMetadata(Metadata.Dimensions)))
            yield return "dim=" + dimension;
        if (mode != "compress") yield break;

        foreach (var line in CompressionOf(model)) yield return line;
    }

    private IEnumerable<string> CompressionOf(ITaskItem model)
    {
        if (model.GetMetadata(Metadata.MaxDrop).Trim() is { Length: > 0 } drop)
            yield return "max-drop=" + drop;
        if (model.GetMetadata(Metadata.Calibration) is { Length: > 0 } calibration)
            yield return "calibration=" + Path.GetFullPath(Path.Combine(_projectDirectory, calibration));
        if (model.GetMetadata(Metadata.Judging) is { Length: > 0 } judging)
            yield return "judging=" + Path.GetFullPath(Path.Combine(_projectDirectory, judging));
        foreach (var (key, name) in Preprocessing)
            if (model.GetMetadata(name).Trim() is { Length: > 0 } value)
                yield return key + "=" + value;
        var budget = model.GetMetadata(Metadata.LatencyBudget) is { Length: > 0 } own ? own : defaultBudget;
        if (budget.Length > 0)
            yield return "latency-budget=" + budget.Trim();
    }

    private static string ModeOf(ITaskItem model) =>
        model.GetMetadata(Metadata.Mode) is { Length: > 0 } mode ? mode.ToLowerInvariant() : "exact";
}

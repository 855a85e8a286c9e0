using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Build.Items;

/// <summary>The metadata an <c>OnnxModel</c> item may carry.</summary>
internal static class Metadata
{
    internal const string Mode = "Mode";
    internal const string Device = "Device";
    internal const string Devices = "Devices";
    internal const string Dimensions = "Dimensions";
    internal const string LatencyBudget = "LatencyBudget";
    internal const string MaxDrop = "MaxDrop";
    internal const string Calibration = "Calibration";
    internal const string Judging = "Judging";
    internal const string InputScale = "InputScale";
    internal const string InputMean = "InputMean";
    internal const string InputStd = "InputStd";
    internal const string InputLayout = "InputLayout";
    internal const string Embed = "Embed";

    internal const string FullPath = "FullPath";
    internal const string TargetPath = "TargetPath";
    internal const string Directory = "FastDeepIoTDirectory";
    internal const string DefinedIn = "FastDeepIoTDefinedIn";

    /// <summary>What users write for us.</summary>
    internal static readonly string[] Ours =
    [
        Mode, Device, Devices, Dimensions, LatencyBudget, MaxDrop, Calibration, Judging, InputScale, InputMean, InputStd, InputLayout, Embed,
    ];

    /// <summary>What MSBuild, the SDK and editors write on items of any type.</summary>
    private static readonly HashSet<string> Common = new(
        [
            "Link", "LinkBase", "LogicalName", "TargetPath", "CopyToOutputDirectory", "CopyToPublishDirectory", "Visible", "Pack", "PackagePath",
            "DependentUpon", "SubType", "Generator", "LastGenOutput", "Watch", "OriginalItemSpec", "ExcludeFromSingleFile",
            "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity", "ModifiedTime",
            "CreatedTime", "AccessedTime",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] InternalPrefixes = ["FastDeepIoT", "MSBuildSource", "DefiningProject", "_"];

    /// <summary>Names that nobody reads: most likely a slip of the pen, and a gate that would silently stay open.</summary>
    internal static IEnumerable<string> Unknown(IEnumerable<string> names) => names.Where(name =>
        !Common.Contains(name)
        && !Ours.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !InternalPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}

using FastDeepIoT.Build.Items;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Reports;

/// <summary>Where the tool leaves what it found.</summary>
internal static class ReportPath
{
    internal const string Suffix = ".fastdeepiot.json";

    internal static string Of(ITaskItem model) => model.GetMetadata(Metadata.Output) + Suffix;
}

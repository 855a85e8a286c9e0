using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Items;

/// <summary>Where a model goes: below the folder that is named on the item, under the path it is delivered as.</summary>
internal static class ModelOutput
{
    internal static string Of(ITaskItem model) => model.GetMetadata(Metadata.Directory) + model.GetMetadata(Metadata.TargetPath);
}

using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Items;

/// <summary>How reports and messages call a model: the path under which it is delivered.</summary>
internal static class ModelName
{
    internal static string Of(ITaskItem model) => model.GetMetadata(Metadata.TargetPath).Replace('\\', '/');
}

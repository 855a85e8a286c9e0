using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Items;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Devices;

/// <summary>
/// Turns models into the work there is to do: one variant a device, of those the item names or else the project. The delivered one keeps its
/// destination, the others lie beside it, only to be judged.
/// </summary>
internal sealed class DeviceVariants(IReadOnlyList<TargetDevice> devices, string runtimeIdentifier, string directory)
{
    internal IEnumerable<ITaskItem> Of(ITaskItem model)
    {
        var own = TargetDevice.ParseList(model.GetMetadata(Metadata.Devices));
        var all = own.Count > 0 ? own : devices;
        if (all.Count == 0 || model.GetMetadata(Metadata.Device).Length > 0) return [model];

        var delivered = TargetDevice.Delivered(all, runtimeIdentifier);
        return all.Select(device => Variant(model, device, device == delivered));
    }

    private TaskItem Variant(ITaskItem model, TargetDevice device, bool isDelivered)
    {
        var variant = new TaskItem(model);
        variant.SetMetadata(Metadata.Device, device.Device);
        if (device.LatencyBudget.Length > 0)
            variant.SetMetadata(Metadata.LatencyBudget, device.LatencyBudget);
        if (!isDelivered)
            variant.SetMetadata(Metadata.Directory, Path.Combine(directory, "devices", FolderOf(device)) + Path.DirectorySeparatorChar);
        return variant;
    }

    private static string FolderOf(TargetDevice device)
    {
        var name = device.RuntimeIdentifier.Length == 0 ? device.Device : $"{device.Device}@{device.RuntimeIdentifier}";
        return string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '@' ? c : '_'));
    }
}

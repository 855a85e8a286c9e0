using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Build.Devices;

/// <summary>
/// One of several devices a project is built for, as <c>FastDeepIoTDevices</c> names them:
/// <c>x64-avx512-1t@linux-x64=2ms;devices/gateway.json@linux-arm64=12ms</c>.
/// </summary>
/// <param name="Device">A device model file, or the name of a built-in one.</param>
/// <param name="RuntimeIdentifier">What the application is published for when it goes to this device; empty for any.</param>
/// <param name="LatencyBudget">What models may take on it; empty for the budgets of items and project.</param>
internal sealed record TargetDevice(string Device, string RuntimeIdentifier, string LatencyBudget)
{
    internal const string Expected = "DEVICE, DEVICE=BUDGET or DEVICE@RID=BUDGET, for instance devices/gateway.json@linux-arm64=12ms";

    /// <summary>The devices of a list, in its order.</summary>
    internal static IReadOnlyList<TargetDevice> ParseList(string list) =>
        [.. list.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Trim()).Where(entry => entry.Length > 0).Select(Parse)];

    /// <summary>The one whose variant is delivered: the first for this runtime identifier, else the first for any, else the first.</summary>
    internal static TargetDevice Delivered(IReadOnlyList<TargetDevice> devices, string runtimeIdentifier) =>
        devices.FirstOrDefault(device => device.RuntimeIdentifier.Length > 0 && device.RuntimeIdentifier == runtimeIdentifier)
        ?? devices.FirstOrDefault(device => device.RuntimeIdentifier.Length == 0)
        ?? devices[0];

    private static TargetDevice Parse(string entry)
    {
        var (place, budget) = SplitLast(entry, '=');
        var (device, runtimeIdentifier) = SplitLast(place, '@');
        return new TargetDevice(device, runtimeIdentifier, budget);
    }

    private static (string Before, string After) SplitLast(string text, char separator) => text.LastIndexOf(separator) is >= 0 and var at
        ? (text.Substring(0, at).Trim(), text.Substring(at + 1).Trim())
        : (text, "");
}

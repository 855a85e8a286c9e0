using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Chooses the device model that says most about a machine.</summary>
internal static class DeviceFit
{
    /// <summary>The threads assumed when nobody says: what a device model is profiled with by default.</summary>
    private const int DefaultThreads = 1;

    /// <summary>
    /// The model of the same architecture, then with the most instruction sets in common (of all that either has), then with the
    /// nearest number of threads, then first by name; null when there is none at all.
    /// </summary>
    internal static DeviceModel? Best(IEnumerable<DeviceModel> models, HostMachine machine, int? threads) => models
        .OrderByDescending(model => model.Provenance.Architecture == machine.Architecture)
        .ThenByDescending(model => Overlap(model.Provenance.InstructionSets, machine.InstructionSets))
        .ThenBy(model => Math.Abs(model.Provenance.Threads - (threads ?? DefaultThreads)))
        .ThenBy(model => model.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static double Overlap(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var all = left.Union(right).Count();
        return all == 0 ? 1 : (double)left.Intersect(right).Count() / all;
    }
}

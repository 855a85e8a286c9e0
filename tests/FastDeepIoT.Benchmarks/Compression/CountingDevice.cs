using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>A device whose time is the number of multiply-accumulates: what steers pruning that does not know time.</summary>
internal static class CountingDevice
{
    internal static DeviceModel Like(DeviceModel device) => new()
    {
        Name = "multiply-accumulates",
        Provenance = device.Provenance,
        Kinds = device.Kinds.Where(pair => pair.Value.Family.Quantities.Any(quantity => quantity.Name == "macs"))
            .ToDictionary(pair => pair.Key, pair => new KindModel { Kind = pair.Key, Family = pair.Value.Family, Plain = Leaf(pair.Value.Family) }),
    };

    private static Tree<Regression> Leaf(LayerFamily family) => new(new Regression
    {
        Terms = [new Term(family.FindQuantity("macs"), [], 1)],
        Samples = 1,
        LowRatio = 1,
        HighRatio = 1,
        Minimum = [],
        Maximum = [],
    });
}

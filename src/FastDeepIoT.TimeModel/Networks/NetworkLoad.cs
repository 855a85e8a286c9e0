using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>What one run of a whole network amounts to: how much of it finds a place in the caches depends on that.</summary>
/// <param name="Bytes">Bytes of all weights, and of the tensors alive at the same time where they are most.</param>
/// <param name="Macs">Multiply-accumulates.</param>
public readonly record struct NetworkLoad(double Bytes, double Macs)
{
    /// <summary>The load of a network.</summary>
    public static NetworkLoad Of(Network network) => new(NetworkMemory.BytesOf(network), network.Layers.Sum(layer => layer.Layer?.Macs ?? 0));
}

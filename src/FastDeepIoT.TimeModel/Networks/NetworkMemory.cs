using System;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>How much memory one run of a network touches: what it leaves in the caches for the next run depends on that.</summary>
public static class NetworkMemory
{
    private const double ElementBytes = 4;

    /// <summary>Bytes of all weights, and of the tensors that are alive at the same time where they are most: memory is used again.</summary>
    public static double BytesOf(Network network) => network.Layers.Sum(layer => layer.Layer?.WeightBytes ?? 0) + MostAlive(network);

    private static double MostAlive(Network network)
    {
        var lastReader = LastReaders(network);
        double alive = 0, most = 0;
        for (var index = 0; index < network.Layers.Count; index++)
        {
            var layer = network.Layers[index];
            alive += layer.Outputs.Sum(output => BytesOf(network.Tensors[output]));
            most = Math.Max(most, alive);
            alive -= layer.Inputs.Concat(layer.Outputs).Distinct().Where(tensor => lastReader[tensor] == index).Sum(tensor => BytesOf(network.Tensors[tensor]));
        }

        return most;
    }

    // Inputs of the network count as long as they are read; a tensor nobody reads ends with the layer that writes it.
    private static int[] LastReaders(Network network)
    {
        var last = Enumerable.Repeat(-1, network.Tensors.Count).ToArray();
        for (var index = 0; index < network.Layers.Count; index++)
            foreach (var tensor in network.Layers[index].Inputs.Concat(network.Layers[index].Outputs)) last[tensor] = index;
        return last;
    }

    private static double BytesOf(NetworkTensor tensor) => tensor.Shape.Aggregate(ElementBytes, (product, size) => product * size);
}

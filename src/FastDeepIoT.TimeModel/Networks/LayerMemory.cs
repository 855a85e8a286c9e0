namespace FastDeepIoT.TimeModel;

/// <summary>
/// What a layer finds in the caches depends on what was touched before: bytes of memory around a layer, as one run of the network
/// uses it.
/// </summary>
/// <param name="NetworkBytes">Weights of the whole network, and tensors where most of them are alive at once: what lies between two uses of a weight.</param>
/// <param name="AliveBytes">Tensors alive while the layer runs, its own inputs and outputs included: where its outputs find room.</param>
/// <param name="ReuseBytes">Bytes touched since the largest input was written or read last, the input included; 0 when nothing is read.</param>
/// <param name="RoomBytes">Bytes touched since the memory that the output takes was used last; 0 when it takes over an input's.</param>
/// <param name="NetworkMacs">Multiply-accumulates of one run: how long others have had to fill the caches since the last one.</param>
public readonly record struct LayerMemory(double NetworkBytes, double AliveBytes, double ReuseBytes, double RoomBytes = 0, double NetworkMacs = 0)
{
    /// <summary>A layer, described without a network, that reads what was just written and writes beside it.</summary>
    public static LayerMemory Beside(Layer layer, NetworkLoad network) =>
        new(network.Bytes, layer.InputBytes + layer.OutputBytes, layer.InputBytes, layer.InputBytes + layer.OutputBytes, network.Macs);
}

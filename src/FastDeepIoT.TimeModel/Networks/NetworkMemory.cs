using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>How much memory one run of a network touches, and when: what a layer finds in which cache depends on that.</summary>
public sealed class NetworkMemory
{
    private const double ElementBytes = 4;

    // Planning looks at every tensor alive for every layer; a network with more of them than any real one must not take forever.
    private const int MostAlive = 2048;
    private readonly Network _network;
    private readonly double[] _bytes;
    private readonly double[] _alive;
    private readonly double[] _reuse;
    private readonly double[] _room;
    private readonly int[] _writer;
    private readonly double _macs;

    /// <summary>Follows one run of a network, or of a part of a network that as a whole is a larger load.</summary>
    public NetworkMemory(Network network, NetworkLoad whole = default)
    {
        _network = network;
        _bytes = network.Tensors.Select(BytesOf).ToArray();
        _alive = new double[network.Layers.Count];
        _reuse = new double[network.Layers.Count];
        _room = new double[network.Layers.Count];
        _macs = Math.Max(whole.Macs, network.Layers.Sum(layer => layer.Layer?.Macs ?? 0));
        _writer = Enumerable.Repeat(-1, network.Tensors.Count).ToArray();
        FollowTensors();
        FollowTouches();
        var own = network.Layers.Sum(layer => layer.Layer?.WeightBytes ?? 0) + (_alive.Length == 0 ? 0 : _alive.Max());
        NetworkBytes = Math.Max(whole.Bytes, own);
        FollowRooms(others: NetworkBytes - own);
    }

    /// <summary>Bytes of all weights, and of the tensors that are alive at the same time where they are most: memory is used again.</summary>
    public double NetworkBytes { get; }

    /// <summary>Bytes of all weights and of the tensors alive at once in a network.</summary>
    public static double BytesOf(Network network) => new NetworkMemory(network).NetworkBytes;

    /// <summary>The memory around a layer.</summary>
    public LayerMemory Around(int layer) => new(NetworkBytes, _alive[layer], _reuse[layer], _room[layer], _macs);

    /// <summary>The memory around a change of a tensor's layout, which happens as soon as the tensor is written.</summary>
    public LayerMemory AroundChange(int tensor) =>
        new(NetworkBytes, _bytes[tensor] + (_writer[tensor] < 0 ? _bytes[tensor] : _alive[_writer[tensor]]), _bytes[tensor], _writer[tensor] < 0 ? 0 : _room[_writer[tensor]], _macs);

    // Inputs of the network count until they are read last; a tensor nobody reads ends with the layer that writes it.
    private void FollowTensors()
    {
        for (var index = 0; index < _alive.Length; index++)
            foreach (var output in _network.Layers[index].Outputs) _writer[output] = index;
        var last = LastUses();
        var alive = 0.0;
        for (var tensor = 0; tensor < _bytes.Length; tensor++)
            if (_writer[tensor] < 0) alive += _bytes[tensor];
        for (var index = 0; index < _alive.Length; index++)
        {
            foreach (var output in _network.Layers[index].Outputs) alive += _bytes[output];
            _alive[index] = alive;
            foreach (var tensor in Touched(index))
                if (last[tensor] == index) alive -= _bytes[tensor];
        }
    }

    private int[] LastUses()
    {
        var last = new int[_bytes.Length];
        for (var index = 0; index < _alive.Length; index++)
            foreach (var tensor in Touched(index)) last[tensor] = index;
        return last;
    }

    private void FollowTouches()
    {
        double touched = 0;
        var at = new double[_bytes.Length];
        for (var index = 0; index < _reuse.Length; index++)
        {
            var layer = _network.Layers[index];
            var largest = -1;
            foreach (var input in layer.Inputs)
                if (largest < 0 || _bytes[input] > _bytes[largest]) largest = input;
            _reuse[index] = largest < 0 ? 0 : touched - at[largest] + _bytes[largest];
            touched += layer.Layer?.WeightBytes ?? 0;
            foreach (var tensor in Touched(index)) touched += _bytes[tensor];
            foreach (var tensor in Touched(index)) at[tensor] = touched;
        }
    }

    // The second of two runs finds the memory as all later ones do; between them the rest of the network ran.
    private void FollowRooms(double others)
    {
        var last = LastUses();
        if (MostAliveAtOnce(last) > MostAlive)
        {
            _alive.CopyTo(_room, 0);
            return;
        }

        var plan = new MemoryPlan();
        for (var run = 0; run < 2; run++)
        {
            for (var tensor = 0; tensor < _bytes.Length; tensor++)
                if (_writer[tensor] < 0) plan.Place(tensor, _bytes[tensor]);
            for (var index = 0; index < _room.Length; index++) _room[index] = Run(plan, index, last);
            plan.FreeAll();
            plan.Pass(others);
        }
    }

    private int MostAliveAtOnce(int[] last)
    {
        var alive = _writer.Count(writer => writer < 0);
        var most = alive;
        for (var index = 0; index < _room.Length; index++)
        {
            most = Math.Max(most, alive += _network.Layers[index].Outputs.Count);
            alive -= Touched(index).Count(tensor => last[tensor] == index);
        }

        return most;
    }

    private double Run(MemoryPlan plan, int index, int[] last)
    {
        var layer = _network.Layers[index];
        foreach (var input in layer.Inputs) plan.Touch(input);
        plan.Pass(layer.Layer?.WeightBytes ?? 0);
        double room = 0, largest = 0;
        foreach (var output in layer.Outputs)
        {
            var taken = layer.Outputs.Count == 1 && layer.Layer?.Family == LayerFamily.Elements
                ? layer.Inputs.Where(input => last[input] == index && _bytes[input] == _bytes[output] && _writer[input] >= 0).DefaultIfEmpty(-1).First()
                : -1;
            if (taken >= 0) plan.Rename(taken, output);
            else if (plan.Place(output, _bytes[output]) is var age && _bytes[output] >= largest) (room, largest) = (age, _bytes[output]);
        }

        foreach (var tensor in Touched(index))
            if (last[tensor] == index) plan.Free(tensor);
        return room;
    }

    private IEnumerable<int> Touched(int layer) => _network.Layers[layer].Inputs.Concat(_network.Layers[layer].Outputs).Distinct();

    private static double BytesOf(NetworkTensor tensor) => tensor.Shape.Aggregate(ElementBytes, (product, size) => product * size);
}

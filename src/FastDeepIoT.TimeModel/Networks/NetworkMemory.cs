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
    private readonly int[][] _touched;
    private readonly int[] _last;
    private readonly double _macs;

    /// <summary>Follows one run of a network, or of a part of a network that as a whole is a larger load.</summary>
    public NetworkMemory(Network network, NetworkLoad whole = default)
    {
        _network = network;
        _bytes = new double[network.Tensors.Count];
        for (var tensor = 0; tensor < _bytes.Length; tensor++) _bytes[tensor] = BytesOf(network.Tensors[tensor]);
        _alive = new double[network.Layers.Count];
        _reuse = new double[network.Layers.Count];
        _room = new double[network.Layers.Count];
        _writer = new int[_bytes.Length];
        _touched = new int[_alive.Length][];
        _last = new int[_bytes.Length];
        double macs = 0, weights = 0;
        for (var tensor = 0; tensor < _writer.Length; tensor++) _writer[tensor] = -1;
        for (var index = 0; index < _alive.Length; index++)
        {
            var layer = network.Layers[index];
            macs += layer.Layer?.Macs ?? 0;
            weights += layer.Layer?.WeightBytes ?? 0;
            _touched[index] = Touched(layer);
            foreach (var tensor in _touched[index]) _last[tensor] = index;
        }

        _macs = Math.Max(whole.Macs, macs);
        FollowTensors();
        FollowTouches();
        var own = weights + (_alive.Length == 0 ? 0 : _alive.Max());
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
        {
            var outputs = _network.Layers[index].Outputs;
            for (var output = 0; output < outputs.Count; output++) _writer[outputs[output]] = index;
        }

        var alive = 0.0;
        for (var tensor = 0; tensor < _bytes.Length; tensor++)
            if (_writer[tensor] < 0) alive += _bytes[tensor];
        for (var index = 0; index < _alive.Length; index++)
        {
            var outputs = _network.Layers[index].Outputs;
            for (var output = 0; output < outputs.Count; output++) alive += _bytes[outputs[output]];
            _alive[index] = alive;
            foreach (var tensor in _touched[index])
                if (_last[tensor] == index) alive -= _bytes[tensor];
        }
    }

    private void FollowTouches()
    {
        double touched = 0;
        var at = new double[_bytes.Length];
        for (var index = 0; index < _reuse.Length; index++)
        {
            var layer = _network.Layers[index];
            var largest = -1;
            for (var place = 0; place < layer.Inputs.Count; place++)
                if (layer.Inputs[place] is var input && (largest < 0 || _bytes[input] > _bytes[largest])) largest = input;
            _reuse[index] = largest < 0 ? 0 : touched - at[largest] + _bytes[largest];
            touched += layer.Layer?.WeightBytes ?? 0;
            foreach (var tensor in _touched[index]) touched += _bytes[tensor];
            foreach (var tensor in _touched[index]) at[tensor] = touched;
        }
    }

    // The second of two runs finds the memory as all later ones do; between them the rest of the network ran.
    private void FollowRooms(double others)
    {
        if (MostAliveAtOnce() > MostAlive)
        {
            _alive.CopyTo(_room, 0);
            return;
        }

        var plan = new MemoryPlan();
        for (var run = 0; run < 2; run++)
        {
            for (var tensor = 0; tensor < _bytes.Length; tensor++)
                if (_writer[tensor] < 0) plan.Place(tensor, _bytes[tensor]);
            for (var index = 0; index < _room.Length; index++) _room[index] = Run(plan, index);
            plan.FreeAll();
            plan.Pass(others);
        }
    }

    private int MostAliveAtOnce()
    {
        var alive = 0;
        foreach (var writer in _writer)
            if (writer < 0) alive++;
        var most = alive;
        for (var index = 0; index < _room.Length; index++)
        {
            most = Math.Max(most, alive += _network.Layers[index].Outputs.Count);
            foreach (var tensor in _touched[index])
                if (_last[tensor] == index) alive--;
        }

        return most;
    }

    private double Run(MemoryPlan plan, int index)
    {
        var layer = _network.Layers[index];
        for (var input = 0; input < layer.Inputs.Count; input++) plan.Touch(layer.Inputs[input]);
        plan.Pass(layer.Layer?.WeightBytes ?? 0);
        double room = 0, largest = 0;
        for (var place = 0; place < layer.Outputs.Count; place++)
        {
            var output = layer.Outputs[place];
            var taken = layer.Outputs.Count == 1 && layer.Layer?.Family == LayerFamily.Elements ? TakenOver(layer, index, output) : -1;
            if (taken >= 0) plan.Rename(taken, output);
            else if (plan.Place(output, _bytes[output]) is var age && _bytes[output] >= largest) (room, largest) = (age, _bytes[output]);
        }

        foreach (var tensor in _touched[index])
            if (_last[tensor] == index) plan.Free(tensor);
        return room;
    }

    // The input that nobody needs any more and that is as large as the output; -1 when there is none.
    private int TakenOver(NetworkLayer layer, int index, int output)
    {
        for (var place = 0; place < layer.Inputs.Count; place++)
            if (layer.Inputs[place] is var input && _last[input] == index && _bytes[input] == _bytes[output] && _writer[input] >= 0) return input;
        return -1;
    }

    // Each tensor once. This is asked for every size that a search tries: no iterators.
    private static int[] Touched(NetworkLayer layer)
    {
        var (inputs, outputs, count) = (layer.Inputs.Count, layer.Outputs.Count, 0);
        var touched = new int[inputs + outputs];
        for (var place = 0; place < touched.Length; place++)
        {
            var tensor = place < inputs ? layer.Inputs[place] : layer.Outputs[place - inputs];
            if (Array.IndexOf(touched, tensor, 0, count) < 0) touched[count++] = tensor;
        }

        if (count < touched.Length) Array.Resize(ref touched, count);
        return touched;
    }

    private static double BytesOf(NetworkTensor tensor)
    {
        var bytes = ElementBytes;
        for (var axis = 0; axis < tensor.Shape.Count; axis++) bytes *= tensor.Shape[axis];
        return bytes;
    }
}

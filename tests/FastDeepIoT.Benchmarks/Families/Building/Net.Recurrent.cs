namespace FastDeepIoT.Benchmarks.Families;

/// <summary>A recurrent layer.</summary>
/// <param name="Op">LSTM, GRU or RNN.</param>
/// <param name="Width">Units of one direction.</param>
/// <param name="IsBidirectional">Whether a second direction runs backwards.</param>
internal sealed record Recurrence(string Op, long Width, bool IsBidirectional = false)
{
    internal int Directions => IsBidirectional ? 2 : 1;

    internal int Gates => Op switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
}

internal sealed partial class Net
{
    /// <summary>A recurrent layer over batch x time x features, giving batch x time x units.</summary>
    internal Tensor Recurrent(Tensor x, Recurrence layer)
    {
        var y = TimeFirst(Transpose(x, 1, 0, 2), layer);
        return Transpose(y, 1, 0, 2);
    }

    /// <summary>A recurrent layer over time x batch x features, giving time x batch x units.</summary>
    internal Tensor TimeFirst(Tensor x, Recurrence layer)
    {
        var (time, batch, directions) = (x.Shape[0], x.Shape[1], layer.Directions);
        var deviation = Math.Sqrt(1.0 / layer.Width);
        var input = Weights(deviation, [directions, layer.Gates * layer.Width, x.Features]);
        var state = Weights(deviation, [directions, layer.Gates * layer.Width, layer.Width]);
        var bias = Weights(BiasDeviation, [directions, 2 * layer.Gates * layer.Width]);
        var start = Floats(new float[directions * batch * layer.Width], directions, batch, layer.Width);
        Tensor?[] inputs = layer.Op == "LSTM" ? [x, input, state, bias, null, start, start] : [x, input, state, bias, null, start];
        List<(string, object)> attributes = [("hidden_size", layer.Width)];
        if (layer.IsBidirectional) attributes.Add(("direction", "bidirectional"));
        if (layer.Op == "GRU") attributes.Add(("linear_before_reset", 1));
        long[] last = [directions, batch, layer.Width];
        var outputs = Nodes(layer.Op, layer.Op == "LSTM" ? [[time, directions, batch, layer.Width], last, last] : [[time, directions, batch, layer.Width], last],
            inputs, [.. attributes]);
        return layer.IsBidirectional
            ? Reshape(Transpose(outputs[0], 0, 2, 1, 3), time, batch, directions * layer.Width)
            : Squeeze(outputs[0], 1);
    }
}

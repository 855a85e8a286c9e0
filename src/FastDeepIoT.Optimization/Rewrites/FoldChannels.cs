using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a width with channels that always have the same value, as a batch normalization whose scale was trained to zero leaves them, or that
/// equal another channel.
/// After: the same width; nobody reads these channels, so that they are idle (<see cref="RemoveIdleChannels"/>).
/// Conditions: the group is open, and every sum over it is one over constant weights. Where a reader pads its input with zeros, a constant is
/// another one beside the border: then one constant channel is kept and takes the shares of the others.
/// Why equal: a sum of products with a constant is a constant, and the reader's bias adds it; weights of equal factors can be added.
/// Why faster: less work; what the smaller width costs in alignment, padding gives back (<see cref="PadWidths"/>).
/// </summary>
public static class FoldChannels
{
    /// <summary>The channels to fold, by group.</summary>
    public static IReadOnlyDictionary<WidthGroup, IReadOnlyList<FoldedChannel>> Find(WidthGroups groups)
    {
        var folded = new Dictionary<WidthGroup, IReadOnlyList<FoldedChannel>>();
        foreach (var group in groups.Open)
            if (groups.FoldableChannelsOf(group) is { Count: > 0 } channels) folded[group] = channels;
        return folded;
    }

    /// <summary>A copy of the model in which nobody reads those channels.</summary>
    /// <param name="model">The model the groups were found in; not changed.</param>
    /// <param name="groups">Its width groups.</param>
    /// <param name="channels">What <see cref="Find"/> found, or a part of it.</param>
    public static ModelProto Apply(ModelProto model, WidthGroups groups, IReadOnlyDictionary<WidthGroup, IReadOnlyList<FoldedChannel>> channels)
    {
        var copy = model.Clone();
        var (constants, weights, biases) = (new ConstantStore(copy, groups), new Dictionary<(int Node, int Input), double[]>(), new Dictionary<BiasPlace, double[]>());
        foreach (var folded in channels.OrderBy(pair => pair.Key.Index).SelectMany(pair => pair.Value))
            foreach (var share in folded.Shares)
            {
                if (!weights.TryGetValue((share.Node, share.Weights), out var values)) weights[(share.Node, share.Weights)] = values = [.. share.Slices.Values];
                if (folded.Into is { } into) AddTo(values, share, folded.Channel, into);
                else AddTo(BiasOf(share), values, share, folded.Channel);
                foreach (var position in share.Slices.PositionsOf(folded.Channel)) values[position] = 0;
            }

        foreach (var ((node, input), values) in weights) constants.Set(node, input, RealTensor.With(ConstantOf(node, input)!, values));
        foreach (var (place, values) in biases)
            if (ConstantOf(place.Node, place.Input) is { } bias) constants.Set(place.Node, place.Input, RealTensor.With(bias, Sum(bias, values)));
            else constants.Append(place.Node, place.Input, RealTensor.Vector(values, (TensorProto.Types.DataType)WeightsOf(place).DataType));
        constants.RemoveUnused();
        return copy;

        double[] BiasOf(ChannelShare share)
        {
            if (!biases.TryGetValue(share.Bias!, out var values)) biases[share.Bias!] = values = new double[Outputs(groups.Graph, share)];
            return values;
        }

        TensorProto? ConstantOf(int node, int input) =>
            groups.Graph.Graph.Node[node].Input is var inputs && input < inputs.Count && inputs[input].Length > 0 ? groups.Graph.Constant(inputs[input]) : null;

        TensorProto WeightsOf(BiasPlace place) => ConstantOf(place.Node, 1)!;
    }

    private static void AddTo(double[] weights, ChannelShare share, int channel, int into)
    {
        foreach (var (from, to) in share.Slices.PositionsOf(channel).Zip(share.Slices.PositionsOf(into))) weights[to] += share.Factor * weights[from];
    }

    private static void AddTo(double[] bias, double[] weights, ChannelShare share, int channel)
    {
        var outer = IsOutputOuter(share);
        foreach (var position in share.Slices.PositionsOf(channel))
            bias[outer ? position / (weights.Length / bias.Length) : position % bias.Length] += share.Factor * weights[position] * share.Bias!.Gain / share.Bias.Scale;
    }

    private static double[] Sum(TensorProto bias, double[] added) => [.. TensorValues.Numbers(bias).Zip(added, (before, more) => before + more)];

    // Weights are [outputs, inputs, ...] or, in matrix products that are not turned, [inputs, outputs].
    private static bool IsOutputOuter(ChannelShare share) => share.Slices.Axis != 0;

    private static int Outputs(ModelGraph graph, ChannelShare share) =>
        (int)graph.Constant(graph.Graph.Node[share.Node].Input[share.Weights])!.Dims[IsOutputOuter(share) ? 0 : 1];
}

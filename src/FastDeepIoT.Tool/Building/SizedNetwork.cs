using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// A network as a function of one size: its structure is the same at every size, and every number that describes it grows in a straight
/// line. So a few sizes, for which the runtime is asked, tell all others. Batches and sequences are such sizes.
/// </summary>
internal sealed class SizedNetwork
{
    private const int From = 2;
    private static readonly long[] Probes = [From, From + 1, 37, 96];
    private readonly Network _first;
    private readonly Network _second;

    private SizedNetwork(Network first, Network second) => (_first, _second) = (first, second);

    /// <summary>How many layers it has.</summary>
    internal int Layers => _first.Layers.Count;

    /// <summary>The network as that function; null when it is none, for instance where a stride rounds sizes.</summary>
    /// <param name="networkOf">The network at a size.</param>
    internal static SizedNetwork? Of(Func<long, Network> networkOf)
    {
        var networks = Probes.Select(networkOf).ToList();
        if (!networks.TrueForAll(network => HasStructureOf(networks[0], network))) return null;

        var sized = new SizedNetwork(networks[0], networks[1]);
        return Probes.Zip(networks).Skip(2).All(probe => sized.Agrees(probe.First, probe.Second)) ? sized : null;
    }

    /// <summary>The network at a size of at least two.</summary>
    internal Network At(long size) => _first with
    {
        Tensors = [.. _first.Tensors.Zip(_second.Tensors, (first, second) =>
            first with { Shape = [.. first.Shape.Zip(second.Shape, (from, next) => from + ((next - from) * (size - From)))] })],
        Layers = [.. _first.Layers.Zip(_second.Layers, (first, second) => first with { Layer = Between(first.Layer, second.Layer, size) })],
    };

    private static Layer? Between(Layer? first, Layer? second, long size) => first is null || second is null
        ? null
        : TimeModel.Layers.FromFeatures(first.Kind, first.Family,
            [.. FeaturesOf(first).Zip(FeaturesOf(second), (from, next) => from + ((next - from) * (size - From)))]);

    private bool Agrees(long size, Network network)
    {
        var expected = At(size);
        return expected.Tensors.Zip(network.Tensors).All(pair => pair.First.Shape.SequenceEqual(pair.Second.Shape))
            && expected.Layers.Zip(network.Layers).All(pair => pair.First.Layer is null || FeaturesOf(pair.First.Layer).SequenceEqual(FeaturesOf(pair.Second.Layer!)));
    }

    private static bool HasStructureOf(Network one, Network other) =>
        one.Tensors.Count == other.Tensors.Count && one.Layers.Count == other.Layers.Count && one.GraphOutputs.SequenceEqual(other.GraphOutputs)
        && one.Tensors.Zip(other.Tensors).All(pair => pair.First.Shape.Count == pair.Second.Shape.Count)
        && one.Layers.Zip(other.Layers).All(pair => pair.First.Operator == pair.Second.Operator && pair.First.Layer?.Kind == pair.Second.Layer?.Kind
            && pair.First.Inputs.SequenceEqual(pair.Second.Inputs) && pair.First.Outputs.SequenceEqual(pair.Second.Outputs));

    private static IEnumerable<double> FeaturesOf(Layer layer) => layer.Values.Take(layer.Family.Features.Count);
}

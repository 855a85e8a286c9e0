using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// The execution-time model of one device with one runtime and one number of threads: data, learned from measurements alone
/// (FastDeepIoT, section 4).
/// </summary>
public sealed record DeviceModel
{
    /// <summary>A short name for people and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was measured.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Error on held-out layers, per kind.</summary>
    public IReadOnlyList<HeldOutError> LayerErrors { get; init; } = [];

    /// <summary>Error on held-out whole networks; null when none was held out.</summary>
    public HeldOutError? NetworkError { get; init; }

    /// <summary>How layers and networks were held out, in words.</summary>
    public string Split { get; init; } = "";

    /// <summary>What one run of any network costs before its first layer, in nanoseconds.</summary>
    public double RunOverheadNanoseconds { get; init; }

    /// <summary>10% of held-out networks took less than this fraction of their predicted time, 10% more than <see cref="NetworkHighRatio"/>.</summary>
    public double NetworkLowRatio { get; init; } = 1;

    /// <summary>See <see cref="NetworkLowRatio"/>.</summary>
    public double NetworkHighRatio { get; init; } = 1;

    /// <summary>
    /// How much of their errors layers that differ in one width have each for itself: what is missing in the approximation of one is mostly missing in that
    /// of the other too. 1 when it was not measured: nothing in common.
    /// </summary>
    public double OwnErrorOfNeighbours { get; init; } = 1;

    /// <summary>What is known of each kind of layer.</summary>
    public required IReadOnlyDictionary<string, KindModel> Kinds { get; init; }

    /// <summary>Whether there is a time for layers of this kind.</summary>
    public bool Covers(string kind) => Kinds.ContainsKey(kind);

    /// <summary>
    /// The time of a layer among neighbours that suit it: no layout change, nothing absorbed. Null when the kind is not covered.
    /// </summary>
    public LayerPrediction? Predict(Layer layer) => Predict(layer, new NetworkLoad(layer.WeightBytes, layer.Macs));

    /// <summary>The same as part of a network.</summary>
    public LayerPrediction? Predict(Layer layer, NetworkLoad network)
    {
        if (KindOf(layer) is not { } kind) return null;

        var features = new double[layer.Values.Count + PlacementContext.Features.Count];
        layer.ValueArray.CopyTo(features, 0);
        var placement = kind.Placement?.Find(features) ?? Placement.Plain;
        return Predict(new Step(kind, layer.Kind, Layers.InNetwork(layer, [], LayerMemory.Beside(layer, network), placement), placement));
    }

    /// <summary>The time of a network: layers as placed by their features and neighbours, and the layout changes between them.</summary>
    public NetworkPrediction Predict(Network network) => Predict(network, default);

    /// <summary>The same of a part of a network that as a whole is this load.</summary>
    public NetworkPrediction Predict(Network network, NetworkLoad whole)
    {
        var (layers, unmodelled) = (new List<LayerPrediction>(network.Layers.Count), new List<string>());
        foreach (var step in Steps(network, whole, unmodelled)) layers.AddIfKnown(Predict(step));
        return new NetworkPrediction(Sum(layers), layers, unmodelled);
    }

    /// <summary>
    /// The expected nanoseconds that <see cref="Predict(Network, NetworkLoad)"/> gives for a network, or for a part of one that as a whole is this load, and
    /// nothing else: for a search, which asks often.
    /// </summary>
    public double Nanoseconds(Network network, NetworkLoad whole = default)
    {
        var time = RunOverheadNanoseconds;
        foreach (var step in Steps(network, whole, unmodelled: [])) time += step.Times?.Find(step.Layer.ValueArray).Nanoseconds(step.Layer.ValueArray) ?? 0;
        return time;
    }

    // Layers and layout changes in running order, as far as they are known.
    private IEnumerable<Step> Steps(Network network, NetworkLoad whole, List<string> unmodelled)
    {
        var tracker = new LayoutTracker(network, whole);
        var places = new List<(Placement Placement, IReadOnlyList<(int Tensor, bool ToInternal)> Changes)>(network.Layers.Count);
        for (var index = 0; index < network.Layers.Count; index++)
        {
            var (name, kind) = (network.Layers[index].Operator, KindOf(network.Layers[index].Layer));
            var placement = kind?.Placement?.Find(tracker.Describe(index)) ?? Placement.Plain;
            var known = placement == Placement.Absorbed || kind?.TimesOf(placement) is not null;
            if (!known && !unmodelled.Contains(name)) unmodelled.Add(name);
            places.Add((placement, tracker.Place(index, placement)));
        }

        for (var index = 0; index < places.Count; index++)
        {
            foreach (var (tensor, toInternal) in places[index].Changes)
                if (Change(tracker, network, tensor, toInternal) is { } change) yield return change;
            if (KindOf(network.Layers[index].Layer) is { } kind)
                yield return new Step(kind, network.Layers[index].Name, tracker.Complete(index)!, places[index].Placement);
        }

        foreach (var output in tracker.OutputsToChange())
            if (Change(tracker, network, output, toInternal: false) is { } change) yield return change;
    }

    private KindModel? KindOf(Layer? layer) => layer is not null && Kinds.TryGetValue(layer.Kind, out var kind) ? kind : null;

    private Step? Change(LayoutTracker tracker, Network network, int tensor, bool toInternal)
    {
        var layer = tracker.Change(tensor, toInternal);
        return KindOf(layer) is { } kind ? new Step(kind, network.Tensors[tensor].Name, layer, Placement.Plain) : null;
    }

    private static LayerPrediction? Predict(Step step)
    {
        var (layer, values) = (step.Layer, step.Layer.ValueArray);
        if (step.Placement == Placement.Absorbed) return new LayerPrediction(step.Name, layer.Kind, layer, step.Placement, default, false);

        return step.Times?.Find(values) is { } leaf
            ? new LayerPrediction(step.Name, layer.Kind, layer, step.Placement, leaf.Predict(values), leaf.Extrapolates(values))
            : null;
    }

    // Errors of layers partly cancel in a sum, so their spreads add up as independent ones do; what whole networks showed beyond
    // that is the network ratios.
    private Prediction Sum(IReadOnlyList<LayerPrediction> layers)
    {
        double time = RunOverheadNanoseconds, below = 0, above = 0;
        foreach (var layer in layers)
        {
            time += layer.Time.Nanoseconds;
            below += Square(layer.Time.Nanoseconds - layer.Time.LowNanoseconds);
            above += Square(layer.Time.HighNanoseconds - layer.Time.Nanoseconds);
        }

        var low = Math.Min(time - Math.Sqrt(below), time * NetworkLowRatio);
        var high = Math.Max(time + Math.Sqrt(above), time * NetworkHighRatio);
        return new Prediction(time, Math.Max(0, low), high);
    }

    private static double Square(double value) => value * value;

    // A layer, or a change of layout, in its place.
    private readonly record struct Step(KindModel Kind, string Name, Layer Layer, Placement Placement)
    {
        /// <summary>What its time is read from; null when it takes none, or none is known.</summary>
        internal Tree<Regression>? Times => Placement == Placement.Absorbed ? null : Kind.TimesOf(Placement);
    }
}

internal static class PredictionList
{
    internal static void AddIfKnown(this List<LayerPrediction> layers, LayerPrediction? prediction)
    {
        if (prediction is not null) layers.Add(prediction);
    }
}

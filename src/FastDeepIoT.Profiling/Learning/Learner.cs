using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Learns a device model from samples. The same samples give the same model.</summary>
public static class Learner
{
    private const int FewestNetworks = 8;

    /// <summary>
    /// Learns how long layers take from all networks that were timed, and how they are run also from those that were only looked at. The errors it
    /// records are those of four models, each learned without a quarter of the networks, on that quarter.
    /// </summary>
    /// <exception cref="InputException">FDI3013 when there are too few networks to learn anything.</exception>
    public static DeviceModel Fit(SampleSet samples, string name)
    {
        var networks = Visits.Combine(samples.Networks);
        if (networks.Count < FewestNetworks || Enumerable.Range(0, Folds.Count).Any(fold => networks.All(network => Folds.Of(network.Seed) != fold)))
            throw new InputException(DiagnosticCode.SamplesUnreadable,
                $"{networks.Count} measured networks are too few to learn from; let 'fastdeepiot profile' run longer.");

        var instrumentation = Instrumentation.Learn(networks);
        var layers = networks.SelectMany(instrumentation.Layers).ToList();
        var kinds = LearnKinds(layers, [.. networks, .. samples.Networks.Where(network => !network.IsTimed)]);
        var model = new DeviceModel
        {
            Name = name,
            Provenance = samples.Provenance with { Networks = networks.Count, LayerSamples = layers.Count },
            RunOverheadNanoseconds = instrumentation.RunOverheadNanoseconds,
            Kinds = Models(kinds, kind => kind.Model()),
        };
        var judged = HeldOut.Judge(fold => model with { Kinds = Models(kinds, kind => kind.ModelWithout(fold)) }, networks, layers);
        return model with
        {
            NetworkError = judged.Networks,
            LayerErrors = judged.Layers,
            NetworkLowRatio = Math.Clamp(judged.NetworkLowRatio, 0, 1),
            NetworkHighRatio = Math.Max(1, judged.NetworkHighRatio),
            OwnErrorOfNeighbours = judged.OwnErrorOfNeighbours,
            Split = $"{Folds.Count} folds of the {networks.Count} probe networks: each network, all its layers with it, was predicted by a model "
                + "whose terms were found and fitted without its fold (which questions its few branches ask was decided with all); the model in this file was then "
                + "learned from all",
        };
    }

    private static IReadOnlyList<KindLearner> LearnKinds(IReadOnlyList<TimedLayer> layers, IReadOnlyList<NetworkSample> seen)
    {
        var timed = layers.ToLookup(layer => layer.Layer.Kind);
        var placed = seen.SelectMany(Placements).ToLookup(sample => sample.Kind);

        // The largest first, so that all processors are busy to the end.
        return timed.Select(kind => kind.Key).Union(placed.Select(kind => kind.Key)).OrderByDescending(kind => timed[kind].Count()).ThenBy(kind => kind, StringComparer.Ordinal)
            .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(kind => KindLearner.Learn(kind, timed[kind].ToList(), placed[kind].ToList())).OfType<KindLearner>().ToList();
    }

    private static Dictionary<string, KindModel> Models(IEnumerable<KindLearner> kinds, Func<KindLearner, KindModel> model) =>
        kinds.Select(model).OrderBy(kind => kind.Kind, StringComparer.Ordinal).ToDictionary(kind => kind.Kind);

    private static IEnumerable<PlacementSample> Placements(NetworkSample sample)
    {
        var tracker = new LayoutTracker(sample.Network);
        for (var i = 0; i < sample.Network.Layers.Count; i++)
        {
            if (sample.Network.Layers[i].Layer is { } layer)
                yield return new PlacementSample(sample.Seed, layer.Kind, layer.Family, tracker.Describe(i), sample.Placements[i]);
            tracker.Place(i, sample.Placements[i]);
        }
    }
}

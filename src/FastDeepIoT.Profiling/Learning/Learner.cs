using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Learns a device model from samples. The same samples give the same model.</summary>
public static class Learner
{
    private const int FewestSamples = 8;
    private const int HeldOutFold = 0;

    /// <summary>
    /// Learns from all networks; the errors it records are those of a model learned without a quarter of the networks, on that quarter.
    /// </summary>
    /// <exception cref="InputException">FDI3013 when there are too few networks to learn anything.</exception>
    public static DeviceModel Fit(SampleSet samples, string name)
    {
        var learn = samples.Networks.Where(network => Folds.Of(network.Seed) != HeldOutFold).ToList();
        var judge = samples.Networks.Where(network => Folds.Of(network.Seed) == HeldOutFold).ToList();
        if (learn.Count < FewestSamples || judge.Count == 0)
            throw new InputException(DiagnosticCode.SamplesUnreadable,
                $"{samples.Networks.Count} measured networks are too few to learn from; let 'fastdeepiot profile' run longer.");

        var judged = HeldOut.Judge(Learn(samples, learn, name), judge);
        var model = Learn(samples, samples.Networks, name);
        return model with
        {
            NetworkError = judged.Networks,
            LayerErrors = judged.Layers,
            NetworkLowRatio = Math.Clamp(judged.NetworkLowRatio, 0, 1),
            NetworkHighRatio = Math.Max(1, judged.NetworkHighRatio),
            Split = $"{judge.Count} of {samples.Networks.Count} random probe networks, all their layers with them, held out of the model "
                + "that was judged; the model in this file was then learned from all",
        };
    }

    internal static DeviceModel Learn(SampleSet samples, IReadOnlyList<NetworkSample> networks, string name)
    {
        var instrumentation = Instrumentation.Learn(networks);
        var layers = networks.SelectMany(instrumentation.Layers).ToList();
        var placements = PlacementSamples(networks);
        var kinds = layers.GroupBy(layer => layer.Layer.Kind).Where(kind => kind.Count() >= FewestSamples)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .AsParallel().AsOrdered().Select(kind => LearnKind(kind.Key, kind.ToList(), placements[kind.Key].ToList())).ToList();
        return new DeviceModel
        {
            Name = name,
            Provenance = samples.Provenance with { Networks = samples.Networks.Count, LayerSamples = layers.Count },
            RunOverheadNanoseconds = instrumentation.RunOverheadNanoseconds,
            Kinds = kinds.ToDictionary(kind => kind.Kind),
        };
    }

    private static KindModel LearnKind(string kind, IReadOnlyList<TimedLayer> layers, IReadOnlyList<(double[], Placement)> placements)
    {
        var family = layers[0].Layer.Family;
        Tree<Regression>? Times(Func<TimedLayer, bool> isHere) => layers.Where(isHere).ToList() is { Count: >= FewestSamples } here
            ? new TimeTreeGrower(new SampleTable(family, here)).Grow()
            : null;
        return new KindModel
        {
            Kind = kind,
            Family = family,
            Placement = new PlacementGrower(family, placements).Grow(),
            Plain = Times(layer => layer.Placement == Placement.Plain),
            Internal = Times(layer => layer.Placement is Placement.Internal or Placement.InternalFromPlain),
        };
    }

    private static ILookup<string, (double[], Placement)> PlacementSamples(IReadOnlyList<NetworkSample> networks) =>
        networks.SelectMany(PlacementSamples).ToLookup(sample => sample.Kind, sample => (sample.Features, sample.Placement));

    private static IEnumerable<(string Kind, double[] Features, Placement Placement)> PlacementSamples(NetworkSample sample)
    {
        var tracker = new LayoutTracker(sample.Network);
        for (var i = 0; i < sample.Network.Layers.Count; i++)
        {
            if (sample.Network.Layers[i].Layer is { } layer) yield return (layer.Kind, tracker.Describe(i), sample.Placements[i]);
            tracker.Place(i, sample.Placements[i]);
        }
    }
}

using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Judges what was learned by networks it was not learned from.</summary>
internal sealed record HeldOut(
    HeldOutError Networks, IReadOnlyList<HeldOutError> Layers, double NetworkLowRatio, double NetworkHighRatio, double OwnErrorOfNeighbours)
{
    private const int FewestPairs = 100;

    // What intervals promise is about large errors, not about the usual ones.
    private const double Nearly = 0.9;

    /// <summary>Judges every network, and every layer that matters in one, by the model learned without its fold.</summary>
    internal static HeldOut Judge(Func<int, DeviceModel> without, IReadOnlyList<NetworkSample> networks, IReadOnlyList<TimedLayer> layers)
    {
        var models = Enumerable.Range(0, Folds.Count).Select(without).ToList();
        var totals = networks.AsParallel().AsOrdered()
            .Select(sample => (Predicted: models[Folds.Of(sample.Seed)].Predict(sample.Network).Time.Nanoseconds, Measured: sample.TotalNanoseconds)).ToList();
        var judged = layers.AsParallel().AsOrdered().Select(layer => new JudgedLayer(layer, Predict(models[Folds.Of(layer.Network)], layer))).ToList();
        var ratios = totals.Where(total => total.Predicted > 0).Select(total => total.Measured / total.Predicted).ToList();
        return new HeldOut(Error("networks", totals), LayerErrors(judged), Quantile.Of(ratios, 0.1), Quantile.Of(ratios, 0.9), OwnError(judged));
    }

    internal static HeldOutError Error(string of, IReadOnlyList<(double Predicted, double Measured)> pairs)
    {
        var errors = pairs.Select(pair => pair.Predicted / pair.Measured - 1).Select(Math.Abs).ToList();
        return new HeldOutError(of, errors.Count, Round(errors.Average()), Round(Math.Sqrt(errors.Average(error => error * error))),
            Round(errors.Average(error => error <= 0.05 ? 1.0 : 0)), Round(errors.Average(error => error <= 0.10 ? 1.0 : 0)));
    }

    private static List<HeldOutError> LayerErrors(IReadOnlyList<JudgedLayer> judged) => judged
        .Where(layer => layer.Matters && layer.Predicted > 0).GroupBy(layer => layer.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => Error(kind.Key, [.. kind.Select(layer => (layer.Predicted, layer.Measured))])).ToList();

    // How far the errors of layers and of their twins are apart, to how far they would be if they had nothing in common. Twins were made where errors are
    // large, so that what is usual has to come from all layers.
    private static double OwnError(IReadOnlyList<JudgedLayer> judged)
    {
        var networks = judged.GroupBy(layer => layer.Network).ToDictionary(network => network.Key, network => network.ToList());
        var apart = networks.Where(network => Probe.Origin(network.Key) != network.Key)
            .SelectMany(twin => networks.GetValueOrDefault(Probe.Origin(twin.Key)) is { } origin && origin.Count == twin.Value.Count ? origin.Zip(twin.Value) : [])
            .Where(pair => pair.First.Kind == pair.Second.Kind && pair.First.Matters && pair.Second.Matters)
            .Select(pair => Math.Abs(pair.First.Error - pair.Second.Error)).Where(double.IsFinite).ToList();
        if (apart.Count < FewestPairs) return 1;

        var usual = Quantile.Of(judged.Where(layer => layer.Matters).Select(layer => layer.Error).Where(double.IsFinite).Select(Math.Abs), Nearly);
        return usual > 0 ? Round(Math.Min(1, Quantile.Of(apart, Nearly) / (Math.Sqrt(2) * usual))) : 1;
    }

    private static double Predict(DeviceModel model, TimedLayer layer)
    {
        if (!model.Kinds.TryGetValue(layer.Layer.Kind, out var kind) || kind.TimesOf(layer.Placement) is not { } tree) return 0;

        double[] values = [.. layer.Layer.Values];
        return tree.Find(values).Predict(values).Nanoseconds;
    }

    private static double Round(double value) => Math.Round(value, 4);

    private sealed record JudgedLayer(TimedLayer Layer, double Predicted)
    {
        internal string Kind => Layer.Layer.Kind;

        internal int Network => Layer.Network;

        internal bool Matters => Layer.Matters;

        internal double Measured => Layer.Nanoseconds;

        internal double Error => Math.Log(Measured / Predicted);
    }
}

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

    /// <summary>Judges every network, and every layer that matters in one, by the model learned without its fold.</summary>
    internal static HeldOut Judge(Func<int, DeviceModel> without, IReadOnlyList<NetworkSample> networks, IReadOnlyList<TimedLayer> layers)
    {
        var models = Enumerable.Range(0, Folds.Count).Select(without).ToList();
        var totals = networks.AsParallel().AsOrdered()
            .Select(sample => (Predicted: models[Folds.Of(sample.Seed)].Predict(sample.Network).Time.Nanoseconds, Measured: sample.TotalNanoseconds)).ToList();
        var ratios = totals.Where(total => total.Predicted > 0).Select(total => total.Measured / total.Predicted).ToList();
        return new HeldOut(Error("networks", totals), LayerErrors(models, layers), Quantile.Of(ratios, 0.1), Quantile.Of(ratios, 0.9), OwnError(models, layers));
    }

    internal static HeldOutError Error(string of, IReadOnlyList<(double Predicted, double Measured)> pairs)
    {
        var errors = pairs.Select(pair => pair.Predicted / pair.Measured - 1).Select(Math.Abs).ToList();
        return new HeldOutError(of, errors.Count, Round(errors.Average()), Round(Math.Sqrt(errors.Average(error => error * error))),
            Round(errors.Average(error => error <= 0.05 ? 1.0 : 0)), Round(errors.Average(error => error <= 0.10 ? 1.0 : 0)));
    }

    private static List<HeldOutError> LayerErrors(IReadOnlyList<DeviceModel> models, IReadOnlyList<TimedLayer> layers) => layers
        .Where(layer => layer.Matters).GroupBy(layer => layer.Layer.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => (kind.Key, Pairs: kind.Select(layer => (Predict(models[Folds.Of(layer.Network)], layer), layer.Nanoseconds)).Where(pair => pair.Item1 > 0).ToList()))
        .Where(kind => kind.Pairs.Count > 0).Select(kind => Error(kind.Key, kind.Pairs)).ToList();

    // Of layers of networks and their twins: how far the errors of two are apart, to how far they would be if they had nothing in common.
    private static double OwnError(IReadOnlyList<DeviceModel> models, IReadOnlyList<TimedLayer> layers)
    {
        var networks = layers.GroupBy(layer => layer.Network).ToDictionary(network => network.Key, network => network.ToList());
        var pairs = networks.Where(network => Probe.Origin(network.Key) != network.Key)
            .SelectMany(twin => networks.GetValueOrDefault(Probe.Origin(twin.Key)) is { } origin && origin.Count == twin.Value.Count ? origin.Zip(twin.Value) : [])
            .Where(pair => pair.First.Layer.Kind == pair.Second.Layer.Kind && pair.First.Matters && pair.Second.Matters)
            .Select(pair => (Error(pair.First), Error(pair.Second))).Where(pair => double.IsFinite(pair.Item1 + pair.Item2)).ToList();
        if (pairs.Count < FewestPairs) return 1;

        var apart = Quantile.Of([.. pairs.Select(pair => Math.Abs(pair.Item1 - pair.Item2))], 0.5);
        var each = Quantile.Of([.. pairs.SelectMany(pair => new[] { Math.Abs(pair.Item1), Math.Abs(pair.Item2) })], 0.5);
        return each > 0 ? Round(Math.Min(1, apart / (Math.Sqrt(2) * each))) : 1;

        double Error(TimedLayer layer) => Math.Log(layer.Nanoseconds / Predict(models[Folds.Of(layer.Network)], layer));
    }

    private static double Predict(DeviceModel model, TimedLayer layer) =>
        model.Kinds.TryGetValue(layer.Layer.Kind, out var kind) && kind.TimesOf(layer.Placement) is { } tree
            ? tree.Find([.. layer.Layer.Values]).Predict([.. layer.Layer.Values]).Nanoseconds
            : 0;

    private static double Round(double value) => Math.Round(value, 4);
}

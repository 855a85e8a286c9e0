using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Judges what was learned by networks it was not learned from.</summary>
internal sealed record HeldOut(
    HeldOutError Networks, IReadOnlyList<HeldOutError> Layers, double NetworkLowRatio, double NetworkHighRatio)
{
    /// <summary>Judges every network, and every layer that matters in one, by the model learned without its fold.</summary>
    internal static HeldOut Judge(Func<int, DeviceModel> without, IReadOnlyList<NetworkSample> networks, IReadOnlyList<TimedLayer> layers)
    {
        var models = Enumerable.Range(0, Folds.Count).Select(without).ToList();
        var totals = networks.AsParallel().AsOrdered()
            .Select(sample => (Predicted: models[Folds.Of(sample.Seed)].Predict(sample.Network).Time.Nanoseconds, Measured: sample.TotalNanoseconds)).ToList();
        var ratios = totals.Where(total => total.Predicted > 0).Select(total => total.Measured / total.Predicted).ToList();
        return new HeldOut(Error("networks", totals), LayerErrors(models, layers), Quantile.Of(ratios, 0.1), Quantile.Of(ratios, 0.9));
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

    private static double Predict(DeviceModel model, TimedLayer layer) =>
        model.Kinds.TryGetValue(layer.Layer.Kind, out var kind) && kind.TimesOf(layer.Placement) is { } tree
            ? tree.Find([.. layer.Layer.Values]).Predict([.. layer.Layer.Values]).Nanoseconds
            : 0;

    private static double Round(double value) => Math.Round(value, 4);
}

using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Whether two predictions come from the same ranges of a device model. At the end of a range the learner changes its approximation,
/// not the device its speed: a difference across one may be the approximation's alone. Multiples are what makes cliffs.
/// </summary>
internal static class RangeAgreement
{
    internal static bool Agree(DeviceModel device, IReadOnlyList<LayerPrediction> left, IReadOnlyList<LayerPrediction> right) =>
        left.Count == right.Count && left.Zip(right, (one, other) => Agree(device, one, other)).All(agree => agree);

    internal static bool Agree(DeviceModel device, LayerPrediction left, LayerPrediction right)
    {
        if (left.Layer.Kind != right.Layer.Kind) return false;

        var kind = device.Kinds[left.Layer.Kind];
        var (one, other) = (InContext(left.Layer), InContext(right.Layer));
        return RangesOf(kind, left, one).Concat(RangesOf(kind, right, other)).All(range => range.Holds(one) == range.Holds(other));
    }

    private static IEnumerable<Condition> RangesOf(KindModel kind, LayerPrediction prediction, double[] features)
    {
        foreach (var range in RangesTo(kind.Placement, features)) yield return range;

        if (kind.TimesOf(prediction.Placement) is not { } times) yield break;

        foreach (var range in RangesTo(times, features).Concat(times.Find(features).Questions.Where(question => !question.IsMultiple))) yield return range;
    }

    private static IEnumerable<Condition> RangesTo<T>(Tree<T>? tree, double[] features)
    {
        for (var node = tree; node?.Condition is { } condition; node = condition.Holds(features) ? node.Yes : node.No)
            if (!condition.IsMultiple) yield return condition;
    }

    // A placement also asks about neighbours; a layer alone has none.
    private static double[] InContext(Layer layer)
    {
        var features = new double[layer.Values.Count + PlacementContext.Features.Count];
        layer.ValueArray.CopyTo(features, 0);
        return features;
    }
}

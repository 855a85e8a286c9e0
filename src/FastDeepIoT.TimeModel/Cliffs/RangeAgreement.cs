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
        return AgreeOnWay(kind, left.Placement, one, other) && AgreeOnWay(kind, right.Placement, other, one);
    }

    // All that is asked on the way to the times of one layer, the other answers alike.
    private static bool AgreeOnWay(KindModel kind, Placement placement, double[] features, double[] other)
    {
        if (!AgreeOnWay(kind.Placement, features, other)) return false;
        if (kind.TimesOf(placement) is not { } times) return true;
        if (!AgreeOnWay(times, features, other)) return false;

        foreach (var question in times.Find(features).Questions)
            if (!question.IsMultiple && question.Holds(features) != question.Holds(other)) return false;
        return true;
    }

    private static bool AgreeOnWay<T>(Tree<T>? tree, double[] features, double[] other)
    {
        for (var node = tree; node?.Condition is { } condition;)
        {
            var answer = condition.Holds(features);
            if (!condition.IsMultiple && condition.Holds(other) != answer) return false;

            node = answer ? node.Yes : node.No;
        }

        return true;
    }

    // A placement also asks about neighbours; a layer alone has none.
    private static double[] InContext(Layer layer)
    {
        var features = new double[layer.Values.Count + PlacementContext.Features.Count];
        layer.ValueArray.CopyTo(features, 0);
        return features;
    }
}

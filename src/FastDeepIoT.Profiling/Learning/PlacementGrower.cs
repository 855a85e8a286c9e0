using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Learns how the runtime places a kind of layer from what it did in the probes: a classification tree over the layer's features and its
/// neighbours. The runtime decides by rules, so the tree is grown until it agrees, as long as the samples support each question.
/// </summary>
internal sealed class PlacementGrower(LayerFamily family, IReadOnlyList<(double[] Features, Placement Placement)> samples)
{
    private const int LargestMultiple = 128;
    private const int FewestSamples = 2;
    private const int DeepestTree = 8;
    private const double MostImpurityLeft = 0.98;
    private readonly IReadOnlyList<string> _names = PlacementContext.FeaturesOf(family);

    /// <summary>The tree, or null when every layer was plain.</summary>
    internal Tree<Placement>? Grow() =>
        samples.All(sample => sample.Placement == Placement.Plain) ? null : Grow(samples, 0);

    private Tree<Placement> Grow(IReadOnlyList<(double[] Features, Placement Placement)> part, int depth)
    {
        var majority = part.GroupBy(sample => sample.Placement).MaxBy(group => group.Count())!.Key;
        var wrong = part.Count(sample => sample.Placement != majority);
        if (wrong == 0 || depth >= DeepestTree) return new Tree<Placement>(majority);

        if (Conditions(part).MinBy(condition => Impurity(part, condition)) is not { } condition
            || Impurity(part, condition) >= Impurity(part) * MostImpurityLeft)
            return new Tree<Placement>(majority);

        return new Tree<Placement>(condition,
            Grow(part.Where(sample => condition.Holds(sample.Features)).ToList(), depth + 1),
            Grow(part.Where(sample => !condition.Holds(sample.Features)).ToList(), depth + 1));
    }

    private IEnumerable<Condition> Conditions(IReadOnlyList<(double[] Features, Placement Placement)> part)
    {
        for (var index = 0; index < _names.Count; index++)
        {
            var values = part.Select(sample => sample.Features[index]).Distinct().Order().ToList();
            for (var i = 0; i + 1 < values.Count; i += Math.Max(1, values.Count / 200))
                yield return new Condition(_names[index], index, false, values[i]);
            if (index >= family.Features.Count || values.Any(value => value % 1 != 0)) continue;
            for (var multiple = 2; multiple <= Math.Min(LargestMultiple, values[^1]); multiple++)
                yield return new Condition(_names[index], index, true, multiple);
        }
    }

    private static double Impurity(IReadOnlyList<(double[] Features, Placement Placement)> part, Condition condition)
    {
        var yes = part.Where(sample => condition.Holds(sample.Features)).ToList();
        var no = part.Where(sample => !condition.Holds(sample.Features)).ToList();
        return yes.Count < FewestSamples || no.Count < FewestSamples ? double.MaxValue : Impurity(yes) + Impurity(no);
    }

    private static double Impurity(IReadOnlyList<(double[] Features, Placement Placement)> part) =>
        part.Count - part.GroupBy(sample => sample.Placement).Sum(group => (double)group.Count() * group.Count()) / part.Count;
}

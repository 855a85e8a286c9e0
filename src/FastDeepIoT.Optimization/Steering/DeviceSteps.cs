using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>The sizes at which a device model's times may jump, read off its trees: nothing here is known beforehand.</summary>
internal sealed class DeviceSteps
{
    private DeviceSteps(IReadOnlyList<int> blocks, IReadOnlyList<long> thresholds) => (Blocks, Thresholds) = (blocks, thresholds);

    /// <summary>Integers that sizes are asked to be multiples of, or are rounded up to; ascending.</summary>
    internal IReadOnlyList<int> Blocks { get; }

    /// <summary>The first sizes above a range; ascending.</summary>
    internal IReadOnlyList<long> Thresholds { get; }

    internal static DeviceSteps Of(DeviceModel device)
    {
        var conditions = device.Kinds.Values.SelectMany(kind => Conditions(kind.Placement).Concat(Conditions(kind.Plain)).Concat(Conditions(kind.Internal))).ToList();
        var roundings = device.Kinds.Values.SelectMany(kind => Roundings(kind.Plain).Concat(Roundings(kind.Internal)));
        var blocks = conditions.Where(condition => condition.IsMultiple).Select(condition => (int)condition.Value).Concat(roundings).Where(block => block > 1);
        var thresholds = conditions.Where(condition => !condition.IsMultiple && condition.Value is >= 1 and < int.MaxValue).Select(condition => (long)condition.Value + 1);
        return new DeviceSteps(blocks.Distinct().Order().ToList(), thresholds.Distinct().Order().ToList());
    }

    private static IEnumerable<Condition> Conditions<T>(Tree<T>? tree) =>
        tree?.Leaves().SelectMany(leaf => leaf.Path).Select(step => step.Condition) ?? [];

    private static IEnumerable<int> Roundings(Tree<Regression>? tree) =>
        tree?.Leaves().SelectMany(leaf => leaf.Leaf.Terms).SelectMany(term => term.Roundings).Select(rounding => rounding.Block) ?? [];
}

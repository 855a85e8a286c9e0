using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Where a device model's times may jump with a width, read off its trees: nothing here is known beforehand.</summary>
internal static class DeviceSteps
{
    /// <summary>What the trees of a kind ask about widths.</summary>
    internal static IEnumerable<Condition> WidthConditions(this KindModel kind) =>
        Conditions(kind.Placement).Concat(Conditions(kind.Plain)).Concat(Conditions(kind.Internal))
            .Where(condition => kind.Family.Widths.Contains(condition.Feature));

    /// <summary>Integers that widths are asked to be multiples of, or are rounded up to; ascending.</summary>
    internal static IReadOnlyList<int> Blocks(this DeviceModel device) => device.Kinds.Values
        .SelectMany(kind => kind.WidthConditions().Where(condition => condition.IsMultiple).Select(condition => (int)condition.Value)
            .Concat(Roundings(kind.Plain)).Concat(Roundings(kind.Internal)))
        .Where(block => block > 1).Distinct().Order().ToList();

    private static IEnumerable<Condition> Conditions<T>(Tree<T>? tree) =>
        tree?.Leaves().SelectMany(leaf => leaf.Path).Select(step => step.Condition) ?? [];

    private static IEnumerable<int> Roundings(Tree<Regression>? tree) =>
        tree?.Leaves().SelectMany(leaf => leaf.Leaf.Terms).SelectMany(term => term.Roundings).Select(rounding => rounding.Block) ?? [];
}

using System.Runtime.CompilerServices;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Where a device model's times may jump with a width, read off its trees once: nothing here is known beforehand.</summary>
internal sealed class DeviceSteps
{
    private static readonly ConditionalWeakTable<DeviceModel, DeviceSteps> Known = [];

    private readonly Dictionary<string, IReadOnlyList<Condition>> _conditions;

    private DeviceSteps(DeviceModel device)
    {
        _conditions = device.Kinds.ToDictionary(pair => pair.Key, pair => Conditions(pair.Value));
        Blocks = _conditions.Values.SelectMany(conditions => conditions).Where(condition => condition.IsMultiple).Select(condition => (int)condition.Value)
            .Concat(device.Kinds.Values.SelectMany(kind => Roundings(kind.Plain).Concat(Roundings(kind.Internal))))
            .Where(block => block > 1).Distinct().Order().ToList();
    }

    /// <summary>Integers that widths are asked to be multiples of, or are rounded up to; ascending.</summary>
    internal IReadOnlyList<int> Blocks { get; }

    /// <summary>The steps of a device model.</summary>
    internal static DeviceSteps Of(DeviceModel device) => Known.GetValue(device, model => new DeviceSteps(model));

    /// <summary>What the trees and terms of a kind ask about widths, each question once.</summary>
    internal IReadOnlyList<Condition> ConditionsOf(string kind) => _conditions.GetValueOrDefault(kind, []);

    private static IReadOnlyList<Condition> Conditions(KindModel kind) =>
        [.. Nodes(kind.Placement).Concat(Nodes(kind.Plain)).Concat(Nodes(kind.Internal)).Concat(Questions(kind.Plain)).Concat(Questions(kind.Internal))
            .Where(condition => kind.Family.Widths.Contains(condition.Feature)).Distinct()];

    private static IEnumerable<Condition> Nodes<T>(Tree<T>? tree)
    {
        if (tree?.Condition is not { } condition) return [];
        return Nodes(tree.Yes).Concat(Nodes(tree.No)).Prepend(condition);
    }

    private static IEnumerable<Regression> Leaves(Tree<Regression>? tree) =>
        tree is null ? [] : tree.Condition is null ? [tree.Leaf] : Leaves(tree.Yes).Concat(Leaves(tree.No));

    private static IEnumerable<Condition> Questions(Tree<Regression>? tree) => Leaves(tree).SelectMany(leaf => leaf.Questions);

    private static IEnumerable<int> Roundings(Tree<Regression>? tree) =>
        Leaves(tree).SelectMany(leaf => leaf.Terms).SelectMany(term => term.Roundings).Select(rounding => rounding.Block);
}

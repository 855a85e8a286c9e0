using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>One rule of a device model as a sentence.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Evidence">What it was learned from; empty for a placement.</param>
internal sealed record Rule(string Text, string Evidence);

/// <summary>A heading and the rules below it.</summary>
internal sealed record RuleGroup(string Heading, IReadOnlyList<Rule> Rules);

/// <summary>What a device model says about one kind of layer, in sentences.</summary>
internal sealed record KindExplanation(string Kind, string Title, HeldOutError? Error, IReadOnlyList<RuleGroup> Groups)
{
    /// <summary>All kinds of a device model: those that compute most first, then by name.</summary>
    internal static IReadOnlyList<KindExplanation> All(DeviceModel device) =>
        [.. device.Kinds.Values
            .OrderBy(kind => Array.IndexOf([.. LayerFamily.All], kind.Family))
            .ThenBy(kind => kind.Kind, StringComparer.Ordinal)
            .Select(kind => Of(device, kind))];

    private static KindExplanation Of(DeviceModel device, KindModel kind)
    {
        var groups = new List<RuleGroup>();
        if (kind.Placement is { } placement) groups.Add(new RuleGroup("Where it runs", Rules(placement, Words.Place, _ => "")));
        AddTimes(groups, kind.Plain, kind.Internal is null && kind.Placement is null ? "Time" : "Time in the plain layout");
        AddTimes(groups, kind.Internal, "Time in the runtime's internal layout");
        var error = device.LayerErrors.FirstOrDefault(error => error.Of == kind.Kind);
        return new KindExplanation(kind.Kind, Words.Kind(kind.Kind), error, groups);
    }

    private static void AddTimes(List<RuleGroup> groups, Tree<Regression>? tree, string heading)
    {
        if (tree is not null) groups.Add(new RuleGroup(heading, Rules(tree, RegressionText.Of, RegressionText.Evidence)));
    }

    private static List<Rule> Rules<T>(Tree<T> tree, Func<T, string> say, Func<T, string> evidence)
    {
        var leaves = tree.Leaves().ToList();
        return leaves.Select((leaf, index) =>
            new Rule(Sentence(leaf.Path, index, leaves.Count, say(leaf.Leaf)), evidence(leaf.Leaf))).ToList();
    }

    // Of two leaves, the second is what the first is not.
    private static string Sentence(IReadOnlyList<(Condition, bool)> path, int index, int count, string what) =>
        path.Count == 0 ? $"Always: {what}."
        : count == 2 && index == 1 ? $"Otherwise: {what}."
        : $"When {ConditionText.Of(path)}: {what}.";
}

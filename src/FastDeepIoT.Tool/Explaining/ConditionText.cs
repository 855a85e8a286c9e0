using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Puts the questions and answers on the way to a leaf into words, each feature once.</summary>
internal static class ConditionText
{
    /// <summary>"output channels are a multiple of 8, and inner length is more than 16 and at most 48"; empty at a root.</summary>
    internal static string Of(IReadOnlyList<(Condition Condition, bool Holds)> path) =>
        string.Join(", and ", path.GroupBy(step => step.Condition.Feature).Select(group => Feature(group.Key, [.. group])));

    private static string Feature(string feature, IReadOnlyList<(Condition Condition, bool Holds)> steps)
    {
        if (Words.Flag(feature) is { } flag && steps.All(step => !step.Condition.IsMultiple)) return steps[^1].Holds ? flag.No : flag.Yes;

        var parts = new List<string>();
        parts.AddRange(Range(steps.Where(step => !step.Condition.IsMultiple).ToList()));
        parts.AddRange(steps.Where(step => step.Condition.IsMultiple).Select(Multiple));
        return $"{Words.Feature(feature)} {Words.Verb(feature)} " + string.Join(" and ", parts);
    }

    private static IEnumerable<string> Range(IReadOnlyList<(Condition Condition, bool Holds)> steps)
    {
        var above = steps.Where(step => !step.Holds).Select(step => step.Condition.Value).ToList();
        var atMost = steps.Where(step => step.Holds).Select(step => step.Condition.Value).ToList();
        if (above.Count > 0) yield return "more than " + Number.Plain(above.Max());
        if (atMost.Count > 0) yield return "at most " + Number.Plain(atMost.Min());
    }

    private static string Multiple((Condition Condition, bool Holds) step) =>
        (step.Holds ? "a multiple of " : "not a multiple of ") + Number.Plain(step.Condition.Value);
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The shapes that a kind was learned from: the range of each feature over all leaves.</summary>
internal sealed class SeenShapes(KindModel kind)
{
    private readonly IReadOnlyList<Regression> _leaves =
        [.. new[] { kind.Plain, kind.Internal }.OfType<Tree<Regression>>().SelectMany(tree => tree.Leaves()).Select(leaf => leaf.Leaf)];

    /// <summary>The smallest value seen.</summary>
    internal double Least(string feature) => _leaves.Select(leaf => leaf.Minimum[Index(feature)]).DefaultIfEmpty(1).Min();

    /// <summary>The largest value seen.</summary>
    internal double Most(string feature) => _leaves.Select(leaf => leaf.Maximum[Index(feature)]).DefaultIfEmpty(1).Max();

    /// <summary>The value in the middle of the range, as sizes of layers spread: by factors.</summary>
    internal long Middle(string feature) =>
        Math.Max(1, (long)Math.Round(Math.Sqrt(Math.Max(1, Least(feature)) * Math.Max(1, Most(feature)))));

    /// <summary>The nearest value that was seen.</summary>
    internal double Nearest(string feature, double value) => Math.Clamp(value, Least(feature), Most(feature));

    /// <summary>Whether a value lies in the range seen.</summary>
    internal bool Has(string feature, double value) => Nearest(feature, value) == value;

    private int Index(string feature) => kind.Family.IndexOf(feature);
}

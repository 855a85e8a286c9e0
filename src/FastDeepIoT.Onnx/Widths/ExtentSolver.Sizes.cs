namespace FastDeepIoT.Onnx;

internal sealed partial class ExtentSolver
{
    /// <summary>Whether two expressions are of the same size whatever the widths in them become: 2*w and (w + w) are.</summary>
    internal bool HaveSameSize(Extent left, Extent right)
    {
        (left, right) = (Resolve(left), Resolve(right));
        if (ReferenceEquals(left, right)) return true;
        if (left.Size == Extent.Unknown || left.Size != right.Size) return false;

        var (a, b) = (Expand(left), Expand(right));
        return a.Count == b.Count && a.All(term => b.TryGetValue(term.Key, out var count) && count == term.Value);
    }

    // Products of widths, written as their numbers in order, and how often each occurs.
    private static Dictionary<string, long> Expand(Extent extent) => extent switch
    {
        Width width => new() { [$"{width.Id}"] = 1 },
        SumExtent sum => Merge(sum.Terms.SelectMany(Expand)),
        ProductExtent product => product.Factors.Select(Expand).Aggregate(Multiply),
        _ => new() { [""] = extent.Size },
    };

    private static Dictionary<string, long> Multiply(Dictionary<string, long> left, Dictionary<string, long> right) =>
        Merge(left.SelectMany(a => right.Select(b => KeyValuePair.Create(
            string.Join('*', a.Key.Split('*').Concat(b.Key.Split('*')).Where(id => id.Length > 0).Order(StringComparer.Ordinal)), a.Value * b.Value))));

    private static Dictionary<string, long> Merge(IEnumerable<KeyValuePair<string, long>> terms) =>
        terms.GroupBy(term => term.Key, term => term.Value).ToDictionary(group => group.Key, group => group.Sum());
}

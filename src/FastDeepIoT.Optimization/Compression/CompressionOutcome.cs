using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Tells what became of every width of a compressed model.</summary>
internal static class CompressionOutcome
{
    internal static ExactReport Of(CompressionStudy study, CompressionPlan plan, NetworkPrediction after) => Of(study, plan.Variant, plan.Sizes, after);

    internal static ExactReport Unchanged(CompressionStudy study, string why) =>
        Of(study, study.Whole, study.Whole.Steered.OriginalSizes, study.Before) with { Unchanged = why };

    private static ExactReport Of(CompressionStudy study, NetworkVariant variant, IReadOnlyList<long> sizes, NetworkPrediction after) => new(study.Before.Time, after.Time)
    {
        Widths = Widths(variant, sizes),
        Layers = LayerOutcomes.Of(study.Before.Layers, after.Layers),
        Unmodelled = after.Unmodelled,
        WeightBytesBefore = study.Whole.Steered.BytesAt(study.Whole.Steered.OriginalSizes),
        WeightBytesAfter = variant.Steered.BytesAt(sizes),
    };

    private static List<WidthOutcome> Widths(NetworkVariant variant, IReadOnlyList<long> sizes)
    {
        var time = variant.Steered.TimeAt(sizes);
        var indexOf = variant.Steered.Groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group, pair => pair.index);
        return variant.Groups.All.Select(group =>
        {
            var size = indexOf.TryGetValue(group, out var index) ? sizes[index] : group.Size;
            if (size == group.Size) return new WidthOutcome(group.Nodes, size, size, 0, Why());

            var gain = variant.Steered.TimeAt([.. sizes.Select((other, at) => at == index ? group.Size : other)]) - time;
            return new WidthOutcome(group.Nodes, group.Size, size, gain, null);

            string Why() => group.Reason?.ToString() ?? (variant.Rankings.ContainsKey(group) ? "narrowing it is not worth what it costs" : "no layer that reads it can be repaired");
        }).ToList();
    }
}

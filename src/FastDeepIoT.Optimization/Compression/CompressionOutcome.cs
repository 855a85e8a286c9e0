using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Tells what became of every width of a compressed model.</summary>
internal static class CompressionOutcome
{
    internal static ExactReport Of(CompressionStudy study, IReadOnlyList<long> sizes, NetworkPrediction after, string? unchanged)
    {
        var steered = study.Steered;
        return new ExactReport(steered.Before.Time, after.Time)
        {
            Widths = Widths(study, sizes),
            Layers = LayerOutcomes.Of(steered.Before.Layers, after.Layers),
            Unmodelled = after.Unmodelled,
            WeightBytesBefore = steered.BytesAt(steered.OriginalSizes),
            WeightBytesAfter = steered.BytesAt(sizes),
            Unchanged = unchanged,
        };
    }

    private static List<WidthOutcome> Widths(CompressionStudy study, IReadOnlyList<long> sizes)
    {
        var time = study.Steered.TimeAt(sizes);
        var indexOf = study.Steered.Groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group, pair => pair.index);
        return study.Groups.All.Select(group =>
        {
            var size = indexOf.TryGetValue(group, out var index) ? sizes[index] : group.Size;
            if (size == group.Size) return new WidthOutcome(group.Nodes, size, size, 0, Why());

            var gain = study.Steered.TimeAt([.. sizes.Select((other, at) => at == index ? group.Size : other)]) - time;
            return new WidthOutcome(group.Nodes, group.Size, size, gain, null);

            string Why() => group.Reason?.ToString() ?? (study.Rankings.ContainsKey(group) ? "narrowing it is not worth what it costs" : "no layer that reads it can be repaired");
        }).ToList();
    }
}

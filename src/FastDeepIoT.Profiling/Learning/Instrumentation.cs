using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// What a run costs before its first layer, and what the runtime's own profile adds to each node: learned from networks that were run
/// with and without it, because total = overhead + sum of node times - nodes * instrumentation.
/// </summary>
internal sealed record Instrumentation(double RunOverheadNanoseconds, double NodeNanoseconds)
{
    private const int Rounds = 20;

    // A whole network's time is trusted more than the sum of its rounded node times, but not without limit.
    private const double LargestCorrection = 1.25;

    internal static Instrumentation Learn(IReadOnlyList<NetworkSample> networks)
    {
        // Relative residuals of a line, with outliers weighed down: networks that were disturbed say nothing about microseconds.
        double overhead = 0, node = 0;
        for (var round = 0; round < Rounds; round++)
        {
            double weights = 0, nodes = 0, squares = 0, right = 0, cross = 0;
            foreach (var sample in networks.Where(sample => sample.Nodes > 0))
            {
                var excess = sample.NodeNanoseconds - sample.TotalNanoseconds;
                var residual = Math.Abs(excess - node * sample.Nodes + overhead) / sample.TotalNanoseconds;
                var weight = 1 / Math.Pow(sample.TotalNanoseconds, 2) / (1 + Math.Pow(residual / 0.02, 2));
                weights += weight;
                nodes += weight * sample.Nodes;
                squares += weight * sample.Nodes * sample.Nodes;
                right += weight * excess;
                cross += weight * excess * sample.Nodes;
            }

            var determinant = weights * squares - nodes * nodes;
            if (determinant <= 0) return new Instrumentation(0, 0);
            node = Math.Max(0, (weights * cross - nodes * right) / determinant);
            overhead = Math.Max(0, (node * nodes - right) / weights);
        }

        return new Instrumentation(overhead, node);
    }

    /// <summary>The layers and layout changes of a network, so that their times add up to the time of the whole network.</summary>
    internal IEnumerable<TimedLayer> Layers(NetworkSample sample)
    {
        var measured = sample.Nanoseconds.Sum(Own) + sample.Changes.Sum(change => Own(change.Nanoseconds));
        var scale = measured > 0
            ? Math.Clamp((sample.TotalNanoseconds - RunOverheadNanoseconds) / measured, 1 / LargestCorrection, LargestCorrection)
            : 1;
        var tracker = new LayoutTracker(sample.Network);
        for (var i = 0; i < sample.Network.Layers.Count; i++) tracker.Place(i, sample.Placements[i]);
        for (var i = 0; i < sample.Network.Layers.Count; i++)
            if (sample.Placements[i] != Placement.Absorbed && tracker.Complete(i) is { } layer)
                yield return new TimedLayer(sample.Seed, sample.TotalNanoseconds, layer, sample.Placements[i], Own(sample.Nanoseconds[i]) * scale);
        foreach (var change in sample.Changes)
            yield return new TimedLayer(sample.Seed, sample.TotalNanoseconds, tracker.Change(change.Tensor, change.ToInternal),
                Placement.Plain, Own(change.Nanoseconds) * scale);
    }

    // Not every node is slowed down by as much; none takes less than no time.
    private double Own(double nanoseconds) => Math.Max(0, nanoseconds - NodeNanoseconds);
}

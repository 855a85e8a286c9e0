using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Chooses which stretches of a network are worth leaving out. Each is judged alone, by what its readers cannot make up for; then those are left
/// out together that win more time than narrowing widths would for the same harm. How much that is changes along the trade-off: the bolder,
/// the more can go.
/// </summary>
internal static class ShorterNetworks
{
    // Each is studied like the network itself.
    private const int MostVariants = 3;
    private const double SmallestGain = 0.01;

    // Outputs that are off by more are of no use, and by less of no concern.
    private const double MostHarm = 0.3, LeastHarm = 1e-3;
    private const int Levels = 12;

    /// <summary>The stretches to leave out, as a list for each shorter network.</summary>
    /// <param name="whole">The network.</param>
    /// <param name="plans">What narrowing it gives, the most careful first.</param>
    /// <param name="context">What it is studied with.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static IReadOnlyList<IReadOnlyList<Segment>> Of(
        NetworkVariant whole, IReadOnlyList<CompressionPlan> plans, StudyContext context, IProgress<double>? progress, CancellationToken cancellation)
    {
        var known = Judged(whole, context, progress, cancellation);
        var choices = Enumerable.Range(0, Levels).Select(level => MostHarm * Math.Pow(LeastHarm / MostHarm, level / (Levels - 1.0)))
            .Select(harm => Worthwhile(known, PriceAt(harm, plans), harm)).Where(choice => choice.Count > 0)
            .DistinctBy(choice => string.Join(' ', choice.Select(segment => segment.End).Order(StringComparer.Ordinal))).ToList();
        var most = Math.Min(MostVariants, choices.Count);
        return [.. Enumerable.Range(0, most).Select(index => choices[most == 1 ? 0 : index * (choices.Count - 1) / (most - 1)])];
    }

    private static List<Candidate> Judged(NetworkVariant whole, StudyContext context, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (segments, before) = (Segment.Of(whole.Groups), whole.Steered.Predicted.Time.Nanoseconds);
        if (segments.Count == 0) return [];

        using var harm = new RemovalHarm(whole, context, cancellation);
        var known = new List<Candidate>();
        for (var index = 0; index < segments.Count; index++)
        {
            var without = RemoveSegments.Apply(whole.Model, [segments[index]]);
            var saved = before - context.NanosecondsOf(without.Model);
            if (saved >= SmallestGain * before) known.Add(new Candidate(segments[index], without, saved / before, harm.Of(without)));
            progress?.Report((index + 1.0) / segments.Count);
        }

        return known;
    }

    // The share of time that narrowing wins for a unit of harm, around some harm.
    private static double PriceAt(double harm, IReadOnlyList<CompressionPlan> plans)
    {
        double TimeAt(double divergence) => plans.LastOrDefault(plan => plan.Divergence <= divergence)?.Nanoseconds ?? plans[0].Nanoseconds;
        var (slow, fast) = (TimeAt(harm / 2), TimeAt(harm * 2));
        return (slow - fast) / slow / (1.5 * harm);
    }

    // The most profitable first; together they must not do more harm than is looked for.
    private static List<Segment> Worthwhile(List<Candidate> known, double price, double most)
    {
        var (chosen, gone, harm) = (new List<Segment>(), new HashSet<string>(), 0.0);
        foreach (var candidate in known.Where(candidate => candidate.Saved > price * candidate.Harm).OrderByDescending(candidate => candidate.Saved - price * candidate.Harm))
        {
            if (harm + candidate.Harm > most || candidate.Without.Nodes.Any(gone.Contains)) continue;

            harm += candidate.Harm;
            chosen.Add(candidate.Segment);
            gone.UnionWith(candidate.Without.Nodes);
        }

        return chosen;
    }

    /// <summary>A stretch, the share of time won without it, and the harm done.</summary>
    private sealed record Candidate(Segment Segment, RemoveSegments Without, double Saved, double Harm);
}

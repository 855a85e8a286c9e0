namespace FastDeepIoT.Optimization;

/// <summary>
/// Looks for the best plan by trying some: a few along the whole trade-off first, which say what divergence costs and where it was guessed wrong,
/// then those that promise most.
/// </summary>
/// <param name="trials">Builds and runs plans.</param>
/// <param name="options">What is looked for.</param>
/// <param name="affordable">How many plans can be tried, the first few not counted.</param>
internal sealed class PlanChoice(PlanTrials trials, CompressionOptions options, int affordable)
{
    private const int Anchors = 8;
    private const int FewestTrials = 4, MostTrials = 24;
    private const int TrialsBetweenSearches = 6;
    private const int FrontierPoints = 12;

    private readonly int _most = Math.Clamp(affordable, FewestTrials, MostTrials);
    private int _sinceSearch;

    /// <summary>Tries plans along the whole trade-off.</summary>
    internal void TryAlong(CancellationToken cancellation)
    {
        Along(Anchors, cancellation);
        trials.Search(cancellation);
        if (options.WholeFrontier) Along(FrontierPoints, cancellation);
    }

    /// <summary>The fastest plan that is expected to stay within the drop allowed; the first when no other is.</summary>
    internal CompressionPlan Fastest(CancellationToken cancellation)
    {
        for (var count = 0; count < _most; count++)
        {
            var best = FastestTried();
            var next = trials.Plans.LastOrDefault(plan => trials.Nanoseconds(plan) < trials.Nanoseconds(best) && trials.Find(plan) is null && trials.ExpectedDrop(plan) <= options.MaxDrop);
            if (next is null) return best;

            Try(next, cancellation);
        }

        return FastestTried();
    }

    /// <summary>The plan within a budget that is expected to cost least; null when none is within it.</summary>
    internal CompressionPlan? MostCareful(double budget, CancellationToken cancellation)
    {
        for (var count = 0; count < _most; count++)
        {
            var best = Within().MinBy(trials.ExpectedDrop);
            if (best is null || trials.Find(best) is not null) return best;

            Try(best, cancellation);
        }

        return Within().Where(plan => trials.Find(plan) is not null).MinBy(trials.ExpectedDrop);

        IEnumerable<CompressionPlan> Within() => trials.Plans.Concat(trials.Tried.Select(pair => pair.Plan)).Where(plan => trials.Nanoseconds(plan) <= budget);
    }

    /// <summary>The fastest of the plans that are expected to cost clearly less than another, tried; null when that costs nothing.</summary>
    internal CompressionPlan? MoreCareful(CompressionPlan plan, double share, CancellationToken cancellation)
    {
        if (plan.Divergence <= 0) return null;

        var most = share * trials.ExpectedDrop(plan);
        var next = trials.Tried.Select(pair => pair.Plan).Concat(trials.Plans)
            .Where(other => trials.Nanoseconds(other) > trials.Nanoseconds(plan) && trials.ExpectedDrop(other) <= most).MinBy(trials.Nanoseconds) ?? trials.Plans[0];
        trials.Try(next, cancellation);
        return next;
    }

    private void Try(CompressionPlan plan, CancellationToken cancellation)
    {
        trials.Try(plan, cancellation);
        if (++_sinceSearch % TrialsBetweenSearches == 0) trials.Search(cancellation);
    }

    private void Along(int points, CancellationToken cancellation)
    {
        var plans = trials.Plans;
        for (var point = points - 1; point >= 0; point--) trials.Try(plans[(int)((plans.Count - 1L) * point / (points - 1))], cancellation);
    }

    private CompressionPlan FastestTried() => trials.Tried.Where(pair => trials.ExpectedDrop(pair.Plan) <= options.MaxDrop).Select(pair => pair.Plan).MinBy(trials.Nanoseconds) ?? trials.Plans[0];
}

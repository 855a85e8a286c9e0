using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// The network to compress, or what is left of it without some of its layers: what its channels are worth, and which choices of its widths pay.
/// </summary>
internal sealed class NetworkVariant
{
    private readonly NetworkRepair _repair;
    private (IReadOnlyList<long> Start, long[][] Corners) _steps;
    private readonly Dictionary<WidthGroup, DivergenceCurve> _curves = [];
    private IReadOnlyList<Dictionary<long, double>> _costs = [];
    private double[] _scales = [1];

    private NetworkVariant(ModelProto model, WidthGroups groups, SteeredNetwork steered, IReadOnlyList<SiteRecord> records, NetworkRepair repair) =>
        (Model, Groups, Steered, Records, _repair) = (model, groups, steered, records, repair);

    internal ModelProto Model { get; }

    internal WidthGroups Groups { get; }

    internal SteeredNetwork Steered { get; }

    /// <summary>What its sites see, and what they should give.</summary>
    internal IReadOnlyList<SiteRecord> Records { get; }

    /// <summary>The nodes that are left out.</summary>
    internal IReadOnlyList<string> Removed { get; private init; } = [];

    /// <summary>How far the outputs go off without these nodes alone.</summary>
    internal double Divergence { get; private init; }

    /// <summary>The groups whose channels can go, with the order in which they had best do.</summary>
    internal IReadOnlyDictionary<WidthGroup, ChannelRanking> Rankings { get; private set; } = new Dictionary<WidthGroup, ChannelRanking>();

    /// <summary>The network with all its layers.</summary>
    internal static NetworkVariant Whole(ModelProto model, StudyContext context, IProgress<double>? progress, CancellationToken cancellation)
    {
        var groups = WidthGroups.Of(model, context.File, subgraphs: false);
        var records = context.HasNoData ? WeightRecords.Of(groups) : OriginalRecords.Of(model, groups, context.Samples, context.Product, progress, cancellation);
        var repair = new NetworkRepair(model, groups, context.HasNoData ? [] : records, context.Samples, context.Product);
        return new NetworkVariant(model, groups, context.Steer(model, groups), records, repair).Ranked(cancellation);
    }

    /// <summary>The network without some stretches, repaired.</summary>
    internal static NetworkVariant Without(IReadOnlyList<Segment> segments, NetworkVariant whole, StudyContext context, CancellationToken cancellation)
    {
        var shorter = RemoveSegments.Apply(whole.Model, segments);
        var model = shorter.Repaired(whole.Records, context, cancellation);
        var groups = WidthGroups.Of(model, context.File, subgraphs: false);
        var records = RecordTargets.Replaced(OriginalRecords.Of(model, groups, context.Samples, context.Product, null, cancellation), whole.Records);
        return new NetworkVariant(model, groups, context.Steer(model, groups), records, new NetworkRepair(model, groups, records, context.Samples, context.Product))
        {
            Removed = shorter.Nodes,
            Divergence = context.DivergenceOf(model, cancellation),
        }.Ranked(cancellation);
    }

    /// <summary>The network at some widths, repaired.</summary>
    internal ModelProto Build(WidthChange change, CancellationToken cancellation) => _repair.InSequence(change, cancellation);

    /// <summary>Finds the sizes worth trying, and measures what narrowing each group alone does.</summary>
    /// <param name="context">What it is studied with.</param>
    /// <param name="like">A variant that was probed: what narrowing a group does there, it does here too, as far as plans that are run do not tell otherwise.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal NetworkVariant Probed(StudyContext context, NetworkVariant? like, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Steered.Groups.Count == 0) return this;

        _steps = Steered.Corners([.. Rankings.Keys], context.Options.Steering, cancellation);
        using var probe = new DivergenceProbe(Model, _repair, context.Probe, cancellation);
        foreach (var (group, corners) in Steered.Groups.Zip(_steps.Corners))
            if (Rankings.TryGetValue(group, out var ranking))
            {
                _curves[group] = like?.CurveOf(group) ?? probe.Measure(ranking, corners);
                progress?.Report((double)_curves.Count / Rankings.Count);
            }

        _costs = [.. Steered.Groups.Select((group, index) => _steps.Corners[index].ToDictionary(size => size, size => size >= group.Size ? 0 : _curves[group].At(size)))];
        return this;
    }

    // Of the groups that hold all nodes of a group of another variant, the one with fewest others.
    private DivergenceCurve? CurveOf(WidthGroup other) => _curves.Where(pair => pair.Key.Size == other.Size && other.Nodes.All(pair.Key.Nodes.Contains))
        .OrderBy(pair => pair.Key.Nodes.Count).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The choices of widths that pay, the most careful first: with nothing removed, only padded where that is faster, and on.</summary>
    /// <param name="tried">Plans of this variant that were run, with how far their outputs went off.</param>
    /// <param name="cancellation">Stops the search.</param>
    internal IReadOnlyList<CompressionPlan> Plans(IEnumerable<(CompressionPlan Plan, double Divergence)> tried, CancellationToken cancellation)
    {
        if (_costs.Count == 0) return [new CompressionPlan(this, [], Steered.Predicted.Time.Nanoseconds, Divergence)];

        _scales = LearnedScales.Fit(_costs.Count + 1, tried.Select(pair => (Parts(pair.Plan.Sizes), pair.Divergence)));
        return [.. Steered.Search(_steps, (group, size) => _scales[group] * _costs[group][size], cancellation)
            .Select(found => new CompressionPlan(this, found.Choice, found.Time, _scales[^1] * Divergence + found.Divergence))];
    }

    /// <summary>How far the outputs go off with a plan, by what was learned last.</summary>
    internal double ExpectedDivergence(CompressionPlan plan) => Parts(plan.Sizes).Zip(_scales, (part, scale) => part * scale).Sum();

    // What each group does, and what is left out.
    private double[] Parts(IReadOnlyList<long> sizes) => [.. sizes.Select((size, group) => _costs[group][size]), Divergence];

    private NetworkVariant Ranked(CancellationToken cancellation)
    {
        Rankings = Steered.Groups.AsParallel().AsOrdered().WithCancellation(cancellation).Select(group => ChannelRanking.Of(group, Records)).OfType<ChannelRanking>()
            .ToDictionary(ranking => ranking.Group);
        return this;
    }
}

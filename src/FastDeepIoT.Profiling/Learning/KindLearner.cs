using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>What was learned of one kind of layer: from all networks, and from all but those of one fold.</summary>
internal sealed class KindLearner
{
    private const int FewestSamples = 8;
    private readonly string _kind;
    private readonly LayerFamily _family;
    private readonly Tree<TimeLeaf>? _plain;
    private readonly Tree<TimeLeaf>? _internal;
    private readonly Tree<Placement>? _placement;
    private readonly IReadOnlyList<Tree<Placement>?> _placementWithout;

    private KindLearner(string kind, IReadOnlyList<TimedLayer> layers, IReadOnlyList<PlacementSample> placements)
    {
        _kind = kind;
        _family = placements.Count > 0 ? placements[0].Family : layers[0].Layer.Family;
        _plain = Times(layers.Where(layer => layer.Placement == Placement.Plain).ToList());
        _internal = Times(layers.Where(layer => layer.Placement is Placement.Internal or Placement.InternalFromPlain).ToList());
        _placement = new PlacementGrower(_family, placements).Grow();
        _placementWithout = Enumerable.Range(0, Folds.Count).Select(fold => _placement is null
            ? null
            : new PlacementGrower(_family, placements.Where(sample => Folds.Of(sample.Network) != fold).ToList()).Grow()).ToList();
    }

    /// <summary>Learns a kind, or nothing when there are too few samples of it.</summary>
    internal static KindLearner? Learn(string kind, IReadOnlyList<TimedLayer> layers, IReadOnlyList<PlacementSample> placements) =>
        Math.Max(layers.Count, placements.Count) >= FewestSamples ? new KindLearner(kind, layers, placements) : null;

    /// <summary>What all networks taught.</summary>
    internal KindModel Model() => Model(_placement, leaf => leaf.Regression);

    /// <summary>What the networks of the other folds taught.</summary>
    internal KindModel ModelWithout(int fold) => Model(_placementWithout[fold], leaf => leaf.Without[fold]);

    private KindModel Model(Tree<Placement>? placement, Func<TimeLeaf, Regression> of) => new()
    {
        Kind = _kind,
        Family = _family,
        Placement = placement,
        Plain = _plain?.Select(of),
        Internal = _internal?.Select(of),
    };

    private Tree<TimeLeaf>? Times(IReadOnlyList<TimedLayer> layers) =>
        layers.Count >= FewestSamples ? new TimeTreeGrower(new SampleTable(_family, layers)).Grow() : null;
}

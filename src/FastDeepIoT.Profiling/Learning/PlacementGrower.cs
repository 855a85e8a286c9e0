using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>How the runtime placed a layer of this kind, with everything a placement may depend on.</summary>
internal sealed record PlacementSample(int Network, string Kind, LayerFamily Family, double[] Features, Placement Placement);

/// <summary>
/// Learns how the runtime places a kind of layer from what it did in the probes: a classification tree over the layer's features and its
/// neighbours. The runtime decides by rules, so the tree is grown until it agrees, as long as each question tells more about the samples than it takes
/// to say which of all questions about its feature it is (minimum description length, Rissanen 1978): of many sizes one always parts a few samples by
/// chance.
/// </summary>
internal sealed class PlacementGrower(LayerFamily family, IReadOnlyList<PlacementSample> samples)
{
    private const int LargestMultiple = 128;
    private const int MostRanges = 200;
    private const int DeepestTree = 8;

    // In nats: e^3 times as likely by the question as by chance.
    private const double LeastGain = 3;

    // Rules are about neighbours and multiples; an amount that tells a little more does so because it goes along with them.
    private const double AmountsCount = 0.8;
    private readonly IReadOnlyList<string> _names = PlacementContext.FeaturesOf(family);

    /// <summary>The tree, or null when every layer was plain.</summary>
    internal Tree<Placement>? Grow() =>
        samples.All(sample => sample.Placement == Placement.Plain) ? null : Grow(samples, 0);

    private Tree<Placement> Grow(IReadOnlyList<PlacementSample> part, int depth)
    {
        var whole = Tally.Of(part);
        if (whole.Entropy == 0 || depth >= DeepestTree) return new Tree<Placement>(whole.Majority);

        var best = Enumerable.Range(0, _names.Count).SelectMany(index => Questions(part, whole, index)).MaxBy(question => question.Gain);
        if (best is not { Condition: var condition, Gain: > LeastGain }) return new Tree<Placement>(whole.Majority);

        return new Tree<Placement>(condition,
            Grow(part.Where(sample => condition.Holds(sample.Features)).ToList(), depth + 1),
            Grow(part.Where(sample => !condition.Holds(sample.Features)).ToList(), depth + 1));
    }

    // Of questions that tell equally much the first one counts: of widths, multiples are the likelier rule.
    private IEnumerable<Question> Questions(IReadOnlyList<PlacementSample> part, Tally whole, int index)
    {
        var isWidth = family.Widths.Contains(_names[index]) && part.All(sample => sample.Features[index] % 1 == 0);
        var all = (isWidth ? Multiples(part, index) : []).Concat(Ranges(part, index)).ToList();
        var isOwn = index < _names.Count - PlacementContext.Features.Count;
        return all.Select(question =>
        {
            var told = whole.Entropy - question.Yes.Entropy - whole.Without(question.Yes).Entropy;
            var isAmount = isOwn && !question.Condition.IsMultiple;
            return new Question(question.Condition, (isAmount ? AmountsCount * told : told) - Math.Log(all.Count));
        });
    }

    private IEnumerable<(Condition Condition, Tally Yes)> Ranges(IReadOnlyList<PlacementSample> part, int index)
    {
        var groups = part.GroupBy(sample => sample.Features[index]).OrderBy(group => group.Key).ToList();
        var step = Math.Max(1, groups.Count / MostRanges);
        var below = new Tally();
        for (var i = 0; i + 1 < groups.Count; i++)
        {
            foreach (var sample in groups[i]) below.Add(sample.Placement);
            if (i % step == 0) yield return (new Condition(_names[index], index, false, groups[i].Key), below.Copy());
        }
    }

    private IEnumerable<(Condition Condition, Tally Yes)> Multiples(IReadOnlyList<PlacementSample> part, int index)
    {
        var most = Math.Min(LargestMultiple, part.Max(sample => sample.Features[index]));
        for (var multiple = 2; multiple <= most; multiple++)
        {
            var condition = new Condition(_names[index], index, true, multiple);
            yield return (condition, Tally.Of(part.Where(sample => condition.Holds(sample.Features))));
        }
    }

    /// <summary>A question, and how many nats it tells about the samples beyond those it takes to state it.</summary>
    private sealed record Question(Condition Condition, double Gain);

    /// <summary>How many layers ran where.</summary>
    private sealed class Tally
    {
        private readonly int[] _counts = new int[Enum.GetValues<Placement>().Length];

        private int _count;

        /// <summary>Nats it takes to say how all of these layers ran; 0 when all ran in the same way.</summary>
        internal double Entropy => _counts.Sum(count => count == 0 ? 0 : count * Math.Log((double)_count / count));

        internal Placement Majority => (Placement)Array.IndexOf(_counts, _counts.Max());

        internal static Tally Of(IEnumerable<PlacementSample> samples)
        {
            var tally = new Tally();
            foreach (var sample in samples) tally.Add(sample.Placement);
            return tally;
        }

        internal void Add(Placement placement)
        {
            _counts[(int)placement]++;
            _count++;
        }

        internal Tally Copy() => new Tally().Plus(this, times: 1);

        internal Tally Without(Tally other) => Plus(other, times: -1);

        private Tally Plus(Tally other, int times)
        {
            var sum = new Tally { _count = _count + times * other._count };
            for (var i = 0; i < _counts.Length; i++) sum._counts[i] = _counts[i] + times * other._counts[i];
            return sum;
        }
    }
}

using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>How the runtime placed a layer of this kind, with everything a placement may depend on.</summary>
internal sealed record PlacementSample(int Network, string Kind, LayerFamily Family, double[] Features, Placement Placement);

/// <summary>
/// Learns how the runtime places a kind of layer from what it did in the probes: a classification tree over the layer's features and its
/// neighbours. The runtime decides by rules, so the tree is grown until it agrees, as long as the samples support each question.
/// </summary>
internal sealed class PlacementGrower(LayerFamily family, IReadOnlyList<PlacementSample> samples)
{
    private const int LargestMultiple = 128;
    private const int MostRanges = 200;
    private const int FewestSamples = 2;
    private const int DeepestTree = 8;
    private const double MostImpurityLeft = 0.98;
    private readonly IReadOnlyList<string> _names = PlacementContext.FeaturesOf(family);

    /// <summary>The tree, or null when every layer was plain.</summary>
    internal Tree<Placement>? Grow() =>
        samples.All(sample => sample.Placement == Placement.Plain) ? null : Grow(samples, 0);

    private Tree<Placement> Grow(IReadOnlyList<PlacementSample> part, int depth)
    {
        var whole = Tally.Of(part);
        if (whole.Impurity == 0 || depth >= DeepestTree) return new Tree<Placement>(whole.Majority);

        var best = Questions(part, whole).Where(question => question.Impurity < whole.Impurity * MostImpurityLeft).MinBy(question => question.Impurity);
        if (best is not { Condition: var condition }) return new Tree<Placement>(whole.Majority);

        return new Tree<Placement>(condition,
            Grow(part.Where(sample => condition.Holds(sample.Features)).ToList(), depth + 1),
            Grow(part.Where(sample => !condition.Holds(sample.Features)).ToList(), depth + 1));
    }

    private IEnumerable<Question> Questions(IReadOnlyList<PlacementSample> part, Tally whole)
    {
        for (var index = 0; index < _names.Count; index++)
        {
            foreach (var question in Ranges(part, whole, index)) yield return question;
            if (!family.Widths.Contains(_names[index]) || part.Any(sample => sample.Features[index] % 1 != 0)) continue;
            foreach (var question in Multiples(part, whole, index)) yield return question;
        }
    }

    private IEnumerable<Question> Ranges(IReadOnlyList<PlacementSample> part, Tally whole, int index)
    {
        var groups = part.GroupBy(sample => sample.Features[index]).OrderBy(group => group.Key).ToList();
        var step = Math.Max(1, groups.Count / MostRanges);
        var below = new Tally();
        for (var i = 0; i + 1 < groups.Count; i++)
        {
            foreach (var sample in groups[i]) below.Add(sample.Placement);
            if (i % step == 0) yield return new Question(new Condition(_names[index], index, false, groups[i].Key), Impurity(below, whole));
        }
    }

    private IEnumerable<Question> Multiples(IReadOnlyList<PlacementSample> part, Tally whole, int index)
    {
        var most = Math.Min(LargestMultiple, part.Max(sample => sample.Features[index]));
        for (var multiple = 2; multiple <= most; multiple++)
        {
            var condition = new Condition(_names[index], index, true, multiple);
            var yes = new Tally();
            foreach (var sample in part)
                if (condition.Holds(sample.Features)) yes.Add(sample.Placement);
            yield return new Question(condition, Impurity(yes, whole));
        }
    }

    private static double Impurity(Tally yes, Tally whole) => whole.Without(yes) is var no && Math.Min(yes.Count, no.Count) < FewestSamples
        ? double.MaxValue
        : yes.Impurity + no.Impurity;

    /// <summary>A question, and how mixed its two answers are.</summary>
    private sealed record Question(Condition Condition, double Impurity);

    /// <summary>How many layers ran where.</summary>
    private sealed class Tally
    {
        private readonly int[] _counts = new int[Enum.GetValues<Placement>().Length];

        internal int Count { get; private set; }

        /// <summary>Gini impurity times the number of layers; 0 when all ran in the same way.</summary>
        internal double Impurity => Count == 0 ? 0 : Count - _counts.Sum(count => (double)count * count) / Count;

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
            Count++;
        }

        internal Tally Without(Tally other)
        {
            var rest = new Tally { Count = Count - other.Count };
            for (var i = 0; i < _counts.Length; i++) rest._counts[i] = _counts[i] - other._counts[i];
            return rest;
        }
    }
}

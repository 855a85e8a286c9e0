using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class ProbeChoiceTests : IDisposable
{
    private const int Measured = 120;
    private const int Surprising = 17;
    private readonly string _file = Path.GetTempFileName();
    private readonly SyntheticDevice _device = new(alignment: 1, block: 1);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Too_few_networks_to_learn_from_are_followed_by_what_the_prior_draws()
    {
        using var journal = JournalOf(20);
        var choice = new ProbeChoice(Machine.Describe(1), journal, Sample);
        choice.Learn(TestContext.Current.CancellationToken);

        Assert.Equal([20, 21, 22], new[] { choice.Chosen().Seed, choice.Chosen().Seed, choice.Drawn() });
    }

    [Fact]
    public void Every_fourth_choice_is_a_twin_of_the_network_explained_worst_and_the_others_are_new()
    {
        using var journal = JournalOf(Measured);
        var choice = new ProbeChoice(Machine.Describe(1), journal, Sample);
        choice.Learn(TestContext.Current.CancellationToken);

        var chosen = Enumerable.Range(0, 4).Select(_ => choice.Chosen()).ToList();

        Assert.All(chosen.Take(3), choice => Assert.InRange(choice.Seed, Measured, Measured + 8));
        Assert.Equal(Probe.Twin(Surprising, 1), chosen[3].Seed);
        Assert.Equal(Enumerable.Range(Measured, 9), chosen.Take(3).SelectMany(choice => choice.Passed.Select(passed => passed.Seed).Append(choice.Seed)).Order());
        Assert.Empty(chosen[3].Passed);
    }

    [Fact]
    public void What_was_drawn_and_left_is_not_drawn_again_after_twins()
    {
        using var journal = JournalOf(20);
        journal.Add(Sample(Probe.Twin(3, 1)), TimeSpan.Zero);

        Assert.Equal(20, journal.NextSeed);
    }

    [Fact]
    public void What_was_only_looked_at_is_neither_visited_again_nor_drawn_again()
    {
        using var journal = JournalOf(20);
        journal.Add(Sample(20) with { TotalNanoseconds = 0 }, TimeSpan.Zero);

        Assert.Equal(Enumerable.Range(0, 20), journal.Visited(1));
        Assert.Equal(21, journal.NextSeed);
    }

    private Journal JournalOf(int networks)
    {
        var journal = Journal.Open(_file, Machine.Describe(1), resume: false);
        for (var seed = 0; seed < networks; seed++) journal.Add(Sample(seed), TimeSpan.Zero);
        return journal;
    }

    private NetworkSample Sample(int seed)
    {
        var layer = _device.RandomConvolution(depthwise: false);
        var time = _device.Dense(layer) * (seed == Surprising ? 10 : 1);
        return new NetworkSample
        {
            Seed = seed,
            Network = new Network([new("x", [1, 3, 8, 8]), new("y", [1, 3, 8, 8])], [new("layer", "Conv", layer, [0], [1])], [1]),
            TotalNanoseconds = time,
            Placements = [Placement.Plain],
            Nanoseconds = [time],
            Changes = [],
        };
    }
}

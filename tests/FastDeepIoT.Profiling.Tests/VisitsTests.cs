using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class VisitsTests
{
    [Fact]
    public void Visits_that_agree_are_averaged()
    {
        var combined = Visits.Combine([Sample(1, 1000, 400, 600), Sample(2, 1020, 420, 600)]);

        Assert.Equal(1010, Assert.Single(combined).TotalNanoseconds);
        Assert.Equal([410, 600], combined[0].Nanoseconds);
        Assert.Equal(105, Assert.Single(combined[0].Changes).Nanoseconds);
    }

    [Fact]
    public void A_disturbed_visit_does_not_count() =>
        Assert.Equal(Sample(2, 1000, 400, 600).Nanoseconds, Assert.Single(Visits.Combine([Sample(1, 1300, 700, 600), Sample(2, 1000, 400, 600)])).Nanoseconds);

    [Fact]
    public void Visits_that_ran_differently_are_not_mixed()
    {
        var other = Sample(2, 1010, 500, 510) with { Placements = [Placement.Internal, Placement.Plain] };

        Assert.Equal([400, 600], Assert.Single(Visits.Combine([Sample(1, 1000, 400, 600), other])).Nanoseconds);
    }

    [Fact]
    public void Every_probe_stays_one_in_the_order_of_first_visits()
    {
        var combined = Visits.Combine([Sample(1, 1000, 1, 1) with { Seed = 5 }, Sample(1, 1000, 1, 1) with { Seed = 3 }, Sample(2, 1000, 1, 1) with { Seed = 5 }]);

        Assert.Equal([5, 3], combined.Select(sample => sample.Seed));
    }

    private static NetworkSample Sample(int visit, double total, params double[] nodes) => new()
    {
        Seed = 1,
        Visit = visit,
        Network = new Network([], [], []),
        TotalNanoseconds = total,
        Placements = [Placement.Plain, Placement.Plain],
        Nanoseconds = nodes,
        Changes = [new ChangeSample(0, ToInternal: true, total / 10 + (visit == 2 ? 8 : 0))],
    };
}

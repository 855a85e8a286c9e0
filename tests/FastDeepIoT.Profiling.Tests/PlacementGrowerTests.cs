using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

/// <summary>How layers are placed is learned as the rule it is, from few samples and among others that chance explains.</summary>
public sealed class PlacementGrowerTests
{
    private readonly Random _random = new(5);

    // Both "no more than 6" and "a multiple of 8" tell these samples apart; only one of them is a rule about widths.
    [Fact]
    public void A_multiple_is_found_without_a_sample_that_tells_it_from_a_size()
    {
        var samples = new[] { 3.0, 5, 6, 8, 16, 24, 40 }.SelectMany(width => Enumerable.Range(0, 6).Select(_ => Sample(width, elements: _random.Next(1000), internalInputs: 1,
            width % 8 == 0 ? Placement.Internal : Placement.Plain))).ToList();

        var tree = new PlacementGrower(LayerFamily.Elements, samples).Grow()!;

        Assert.Equal(Placement.Plain, tree.Find(Sample(10, 500, 1, default).Features));
        Assert.Equal(Placement.Internal, tree.Find(Sample(48, 500, 1, default).Features));
    }

    [Fact]
    public void Neighbours_are_asked_about_before_sizes_that_part_the_samples_nearly_as_well()
    {
        var samples = Enumerable.Range(0, 60).Select(number => number % 2 == 0
            ? Sample(16, elements: 5000 + _random.Next(1000), internalInputs: 1, Placement.Internal)
            : Sample(16, elements: _random.Next(1000), internalInputs: 0, Placement.Plain)).ToList();

        var tree = new PlacementGrower(LayerFamily.Elements, samples).Grow()!;

        Assert.Equal("internalInputs", tree.Condition!.Feature);
    }

    // Small tensors go along with both halves of the rule, so that their size alone tells more than either.
    [Fact]
    public void Neighbours_are_asked_about_before_sizes_that_go_along_with_the_rule()
    {
        var samples = Enumerable.Range(0, 200).Select(number => (number, isInternal: number % 2 == 0, isOdd: number % 20 == 0)).Select(sample => Sample(
            sample.isOdd ? 7 : 16,
            elements: !sample.isInternal || (sample.isOdd && sample.number % 40 == 0) ? _random.Next(1000) : 5000 + _random.Next(1000),
            internalInputs: sample.isInternal ? 1 : 0,
            sample.isInternal && !sample.isOdd ? Placement.Internal : Placement.Plain)).ToList();

        var tree = new PlacementGrower(LayerFamily.Elements, samples).Grow()!;

        Assert.Equal("internalInputs", tree.Condition!.Feature);
    }

    [Fact]
    public void A_few_exceptions_without_a_reason_make_no_question()
    {
        var samples = Enumerable.Range(0, 300)
            .Select(number => Sample(4 + _random.Next(60), _random.Next(100_000), internalInputs: 1, number % 60 == 0 ? Placement.Plain : Placement.Internal)).ToList();

        var tree = new PlacementGrower(LayerFamily.Elements, samples).Grow()!;

        Assert.Null(tree.Condition);
        Assert.Equal(Placement.Internal, tree.Leaf);
    }

    private static PlacementSample Sample(double width, double elements, double internalInputs, Placement placement)
    {
        var features = new double[PlacementContext.FeaturesOf(LayerFamily.Elements).Count];
        features[LayerFamily.Elements.IndexOf("channelsDivisor")] = width;
        features[LayerFamily.Elements.IndexOf("inputElements")] = elements;
        features[PlacementContext.IndexOf(LayerFamily.Elements, "internalInputs")] = internalInputs;
        return new PlacementSample(0, "Concat", LayerFamily.Elements, features, placement);
    }
}

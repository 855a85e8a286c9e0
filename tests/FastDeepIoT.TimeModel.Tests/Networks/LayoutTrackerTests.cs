namespace FastDeepIoT.TimeModel.Tests;

public sealed class LayoutTrackerTests
{
    // x -conv-> a -relu-> b -conv-> c, and c + a -> y
    private static readonly Network Network = new(
        [Tensor("x", 3), Tensor("a", 8), Tensor("b", 8), Tensor("c", 8), Tensor("y", 8)],
        [
            new NetworkLayer("first", "Conv", Example.Convolution(3, 8), [0], [1]),
            new NetworkLayer("relu", "Relu", Example.Relu(128), [1], [2]),
            new NetworkLayer("second", "Conv", Example.Convolution(8, 8), [2], [3]),
            new NetworkLayer("add", "Add", TimeModel.Layers.Elements("Add", new ElementsShape { InputElements = 128, OutputElements = 128 }), [3, 1], [4]),
        ],
        GraphOutputs: [4]);

    [Fact]
    public void All_plain_changes_nothing()
    {
        var tracker = new LayoutTracker(Network);

        for (var index = 0; index < 4; index++) Assert.Empty(tracker.Place(index, Placement.Plain));

        Assert.Empty(tracker.OutputsToChange());
    }

    [Fact]
    public void Entering_and_leaving_the_internal_layout_costs_a_change_each_and_no_more()
    {
        var tracker = new LayoutTracker(Network);

        Assert.Equal([(0, true)], tracker.Place(0, Placement.Internal));
        Assert.Empty(tracker.Place(1, Placement.Internal));
        Assert.Empty(tracker.Place(2, Placement.Internal));
        Assert.Equal([(3, false), (1, false)], tracker.Place(3, Placement.Plain));
        Assert.Empty(tracker.OutputsToChange());
    }

    [Fact]
    public void A_layer_that_reads_the_plain_layout_needs_no_change_on_the_way_in()
    {
        var tracker = new LayoutTracker(Network);

        Assert.Empty(tracker.Place(0, Placement.InternalFromPlain));
        Assert.Equal([(1, false)], tracker.Place(1, Placement.Plain));
    }

    [Fact]
    public void A_layer_that_reads_the_plain_layout_needs_a_tensor_in_the_internal_one_changed_back()
    {
        var tracker = new LayoutTracker(Network);
        tracker.Place(0, Placement.Internal);

        Assert.Equal([(1, false)], tracker.Place(1, Placement.InternalFromPlain));
        Assert.Empty(tracker.Place(2, Placement.Internal));
    }

    [Fact]
    public void A_tensor_is_changed_once_for_all_its_readers()
    {
        var tracker = new LayoutTracker(Network);
        tracker.Place(0, Placement.Internal);

        Assert.Equal([(1, false)], tracker.Place(1, Placement.Plain));
        tracker.Place(2, Placement.Plain);
        Assert.Empty(tracker.Place(3, Placement.Plain));
    }

    [Fact]
    public void A_graph_output_in_the_internal_layout_is_changed_back()
    {
        var tracker = new LayoutTracker(Network);
        for (var index = 0; index < 4; index++) tracker.Place(index, Placement.Internal);

        Assert.Equal([4], tracker.OutputsToChange());
    }

    [Fact]
    public void An_absorbed_layer_keeps_the_layout_of_the_layer_that_does_its_work()
    {
        var tracker = new LayoutTracker(Network);
        tracker.Place(0, Placement.Internal);

        Assert.Empty(tracker.Place(1, Placement.Absorbed));
        Assert.Empty(tracker.Place(2, Placement.Internal));
    }

    [Fact]
    public void A_layer_sees_what_its_neighbours_do()
    {
        var tracker = new LayoutTracker(Network);
        tracker.Place(0, Placement.Internal);
        var relu = tracker.Describe(1);
        tracker.Place(1, Placement.Absorbed);
        tracker.Place(2, Placement.Plain);
        var add = tracker.Describe(3);

        Assert.Equal((1, 1, 0), (Context(relu, "internalInputs"), Context(relu, "hostConvolution"), Context(relu, "hostActivation")));
        Assert.Equal(2, Context(relu, "hostReaders"));
        Assert.Equal((0.5, 2, 1), (Context(add, "internalInputs"), Context(add, "computedInputs"), Context(add, "sameShapeInputs")));
        Assert.Equal(1, Context(add, "hostConvolution"));
    }

    [Fact]
    public void A_layer_that_reads_only_graph_inputs_has_no_layer_before_it()
    {
        var first = new LayoutTracker(Network).Describe(0);

        Assert.Equal((1, 0, 0), (Context(first, "computedInputs"), Context(first, "hostConvolution"), Context(first, "hostReaders")));
    }

    [Fact]
    public void A_layer_is_complete_with_the_work_it_absorbed()
    {
        var tracker = new LayoutTracker(Network);
        tracker.Place(0, Placement.Plain);
        tracker.Place(1, Placement.Absorbed);

        Assert.Equal(1, tracker.Complete(0)!["rectified"]);
        Assert.Equal(0, Network.Layers[0].Layer!["rectified"]);
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 5, 8 }, 1)]
    [InlineData(new long[] { 1, 5, 8, 3 }, 0)]
    [InlineData(new long[] { 1, 3, 8, 5 }, 0)]
    [InlineData(new long[] { 1, 15, 8 }, 0)]
    public void A_layer_that_moves_the_channels_last_is_told_from_others(long[] output, double expected)
    {
        var layer = TimeModel.Layers.Elements("Transpose", new ElementsShape { InputElements = 120, OutputElements = 120 });
        var network = new Network([new NetworkTensor("x", [1, 8, 3, 5]), new NetworkTensor("y", output)], [new NetworkLayer("t", "Transpose", layer, [0], [1])], [1]);

        var features = new LayoutTracker(network).Describe(0);

        Assert.Equal((expected, output.Length), (Context(features, "channelsLast"), Context(features, "axes")));
    }

    private static NetworkTensor Tensor(string name, long channels) => new(name, [1, channels, 4, 4]);

    private static double Context(double[] features, string name)
    {
        var family = features.Length == PlacementContext.FeaturesOf(LayerFamily.Elements).Count ? LayerFamily.Elements : LayerFamily.Convolution;
        return features[PlacementContext.IndexOf(family, name)];
    }
}

using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Widths;

public sealed class RuntimeWidthsTests
{
    public static TheoryData<string> Networks => [.. OpenNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void At_the_widths_at_hand_the_network_is_the_runtimes_own(string network)
    {
        var (groups, runtime) = Open(network);
        var widths = new RuntimeWidths(groups, runtime);

        for (var layer = 0; layer < runtime.Network.Layers.Count; layer++)
            Assert.Equal(runtime.Network.Layers[layer].Layer?.Values, widths.Describe(layer, width => width.Size)?.Values);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_width_that_can_change_changes_a_layer(string network)
    {
        var (groups, runtime) = Open(network);
        var widths = new RuntimeWidths(groups, runtime);

        Assert.All(groups.Open, group => Assert.Contains(widths.LayersOf[group], layer =>
            !Enumerable.SequenceEqual(
                widths.Describe(layer, width => width.Size)?.Values ?? [],
                widths.Describe(layer, width => width == group.Width ? width.Size + 3 : width.Size)?.Values ?? [])));
    }

    [Fact]
    public void The_states_of_a_recurrent_layer_are_one_of_its_widths()
    {
        var b = new ModelBuilder();
        var x = b.Nodes("LSTM", [b.Input(6, 1, 3), b.Weights(1, 20, 3), b.Weights(1, 20, 5), b.Weights(1, 40)], 1, ("hidden_size", 5L))[0];
        var (groups, runtime) = Open(b.Output(b.Node("MatMul", [b.Node("Squeeze", [x, b.Integers(1)]), b.Weights(5, 2)])));
        var widths = new RuntimeWidths(groups, runtime);

        var states = Assert.Single(groups.Open);
        var recurrent = widths.LayersOf[states].Select(layer => widths.Describe(layer, width => width == states.Width ? 8 : width.Size)).Single(layer => layer?.Kind == "LSTM");
        Assert.Equal(8, recurrent!.Values[LayerFamily.Recurrent.IndexOf("hidden")]);
    }

    private static (WidthGroups Groups, RuntimeGraph Runtime) Open(string network) => Open(OpenNetworks.All[network].Make());

    private static (WidthGroups Groups, RuntimeGraph Runtime) Open(ModelProto model)
    {
        var groups = WidthGroups.Of(model);
        FreeDimensions.None.Fix(model);
        return (groups, RuntimeGraph.Of(model, null, subgraphs: true));
    }
}

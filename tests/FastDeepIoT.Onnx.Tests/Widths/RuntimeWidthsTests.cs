using FastDeepIoT.Tests.Building;
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

    private static (WidthGroups Groups, RuntimeGraph Runtime) Open(string network)
    {
        var model = OpenNetworks.All[network].Make();
        var groups = WidthGroups.Of(model);
        FreeDimensions.None.Fix(model);
        return (groups, RuntimeGraph.Of(model, null, subgraphs: true));
    }
}

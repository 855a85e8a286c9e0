using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Graphs;

public sealed class RuntimeGraphTests
{
    public static TheoryData<string> Networks => [.. OpenNetworks.All.Keys, .. FixedNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_the_runtime_fuses_does_not_depend_on_weights(string network)
    {
        var model = OpenNetworks.All.TryGetValue(network, out var open) ? open.Make() : FixedNetworks.All[network].Make();
        FreeDimensions.None.Fix(model);

        Same(RuntimeGraph.Of(model.ToByteArray()).Network, RuntimeGraph.Of(model).Network);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_weights_are_the_same_layers_without_their_values(bool inNodes)
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.BatchNormalization(b.Conv(b.Input(1, 3, 8, 8), 3, 40, bias: false), 40)]);
        var model = b.Output(b.Gemm(b.Node("Flatten", [b.Conv(x, 40, 33)]), 33 * 64, 10));
        if (inNodes)
            foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.Dims.Count > 1).ToList()) b.AsConstantNode(tensor.Name, first: true);
        var before = model.ToByteArray();

        Same(RuntimeGraph.Of(before).Network, RuntimeGraph.Of(model).Network);
        Assert.Equal(before, model.ToByteArray());
    }

    [Theory]
    [InlineData("asymmetric", "floor", 16, 4)]
    [InlineData("asymmetric", "floor", 12, 1)] // not all elements as often as the others
    [InlineData("half_pixel", "floor", 16, 1)]
    [InlineData("asymmetric", "round_prefer_floor", 16, 1)]
    public void How_often_a_resize_repeats_each_element(string positions, string rounding, long side, double times)
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Resize", [b.Input(1, 8, 8, 8), "", "", b.Integers(1, 8, side, side)],
            ("mode", "nearest"), ("coordinate_transformation_mode", positions), ("nearest_mode", rounding)));

        Assert.Equal(times, RuntimeGraph.Of(model).Network.Layers.Single(layer => layer.Operator == "Resize").Layer!["kernel"]);
    }

    [Fact]
    public void Weights_that_do_not_have_the_elements_of_their_shape_are_refused()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Input(1, 3, 8, 8), 3, 64));
        model.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[100]);

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(model));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
    }

    // The runtime writes down nodes in file order where it changed nothing, and in the order they run otherwise.
    private static void Same(Network expected, Network actual)
    {
        var (left, right) = (InOrder(expected), InOrder(actual));
        Assert.Equal(left.Select(layer => (layer.Name, layer.Operator, layer.Layer?.Kind)), right.Select(layer => (layer.Name, layer.Operator, layer.Layer?.Kind)));
        Assert.All(left.Zip(right), pair => Assert.Equal(pair.First.Layer?.Values, pair.Second.Layer?.Values));
        Assert.Equal(Shapes(expected), Shapes(actual));
    }

    private static List<NetworkLayer> InOrder(Network network) => [.. network.Layers.OrderBy(layer => layer.Name, StringComparer.Ordinal)];

    private static IEnumerable<string> Shapes(Network network) => network.Tensors.Select(tensor => $"{tensor.Name} {string.Join(' ', tensor.Shape)}").Order(StringComparer.Ordinal);
}

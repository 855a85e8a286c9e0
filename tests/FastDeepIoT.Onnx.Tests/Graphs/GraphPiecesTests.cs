using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Graphs;

public sealed class GraphPiecesTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(64)]
    public void In_pieces_the_runtime_makes_the_same_layers_of_a_chain(int longest)
    {
        var b = new ModelBuilder();
        var (x, channels) = (b.Input(1, 3, 8, 8), 3L);
        for (var layer = 0; layer < 60; layer++)
        {
            var width = 5 + layer % 4;
            x = b.Node("Relu", [b.BatchNormalization(b.Conv(x, channels, width, bias: false), width)]);
            channels = width;
        }

        Same(b.Output(x), longest);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(40)]
    public void In_pieces_the_runtime_makes_the_same_layers_of_residual_blocks(int longest)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        for (var block = 0; block < 30; block++) x = b.Node("Relu", [b.Node("Add", [x, b.Conv(b.Node("Relu", [b.Conv(x, 6, 9)]), 9, 6)])]);

        Same(b.Output(b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]), 6, 4)), longest);
    }

    [Fact]
    public void Outputs_along_the_way_and_a_skip_over_all_of_it_stay()
    {
        var b = new ModelBuilder();
        var first = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        var x = first;
        var along = new List<string>();
        for (var layer = 0; layer < 30; layer++) along.Add(x = b.Node("Relu", [b.Conv(x, 6, 6)]));

        Same(b.Output([.. along, b.Node("Add", [x, first])]), longest: 12);
    }

    // The size that Shape gives must reach the Reshape that is told by it.
    [Fact]
    public void Sizes_are_not_cut_from_what_they_are_for()
    {
        var b = new ModelBuilder();
        var x = b.Input(1, 6, 8, 8);
        for (var turn = 0; turn < 12; turn++)
        {
            var shape = b.Node("Shape", [x]);
            x = b.Conv(x, 6, 6);
            for (var more = 0; more < 4; more++) x = b.Node("Sigmoid", [x]);
            x = b.Node("Reshape", [b.Node("Reshape", [x, b.Integers(1, -1)]), shape]);
        }

        var pieces = GraphPieces.Of(b.Output(b.Conv(x, 6, 4)), null, longest: 8)!;

        Assert.True(pieces.Models.Count > 5);
        Assert.All(pieces.Models, piece => Assert.All(piece.Graph.Node.Where(node => node.OpType == "Reshape").SelectMany(node => node.Input),
            input => Assert.DoesNotContain(piece.Graph.Input, declared => declared.Name == input && declared.Type.TensorType.ElemType != 1)));
        Same(b.Model, longest: 8);
    }

    // What crosses a cut costs nothing; a layer and its normalization apart would cost a layer.
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Layers_stay_with_what_is_fused_into_them_even_where_more_goes_over(int longest)
    {
        var b = new ModelBuilder();
        var x = b.Input(1, 6, 8, 8);
        for (var turn = 0; turn < 20; turn++)
        {
            var gate = x = b.BatchNormalization(b.Conv(x, 6, 6, bias: false), 6);
            for (var more = 0; more < 3 + turn % 4; more++) gate = b.Node("Sigmoid", [gate]);
            x = b.Node("Mul", [x, gate]);
        }

        Same(b.Output(x), longest);
    }

    [Fact]
    public void Constants_are_given_to_every_piece_that_reads_them()
    {
        var b = new ModelBuilder();
        var shared = b.AsConstantNode(b.Positive(1, 6, 1, 1), first: true);
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        for (var layer = 0; layer < 30; layer++) x = b.Node("Mul", [b.Conv(x, 6, 6), shared]);

        Same(b.Output(x), longest: 12);
    }

    // Exporters normalize weights, cast or unpack them in nodes; some constants of that kind every piece reads.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_are_computed_are_so_in_every_piece_that_reads_them(bool shared) =>
        Same(WithComputedWeights((b, weights) => b.Node("Mul", [weights, b.Floats(2)]), shared), longest: 12, withConstants: 48);

    // What the runtime does not compute in advance it copies for each that reads it, under names of its own.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_stay_packed_are_so_in_every_piece_that_reads_them(bool shared)
    {
        var model = WithComputedWeights((b, weights) => b.Node("DequantizeLinear", [b.Node("Cast", [weights], ("to", 3L)), b.Scalar(0.1f)]), shared);
        var joined = RuntimeGraph.OfPieces(model, GraphPieces.Of(model, null, longest: 12)!, null, subgraphs: false)!.Network;

        Assert.Equal(Kinds(RuntimeGraph.Of(model).Network), Kinds(joined));
        Assert.Equal(joined.Layers.Count, joined.Layers.DistinctBy(layer => layer.Name).Count());
    }

    private static ModelProto WithComputedWeights(Func<ModelBuilder, string, string> compute, bool shared)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        var common = shared ? compute(b, b.Weights(6, 6, 3, 3)) : null;
        for (var layer = 0; layer < 30; layer++)
            x = b.Node("Relu", [b.BatchNormalization(b.Node("Conv", [x, common ?? compute(b, b.Weights(6, 6, 3, 3))], ("pads", new long[] { 1, 1, 1, 1 })), 6)]);
        return b.Output(x);
    }

    private static IEnumerable<string> Kinds(Network network) => network.Layers.Where(layer => layer.Operator != "DequantizeLinear")
        .Select(layer => $"{layer.Operator} {layer.Layer?.Kind}").Order(StringComparer.Ordinal);

    [Fact]
    public void Short_graphs_are_left_whole()
    {
        Assert.Null(GraphPieces.Of(OpenNetworks.All["chain"].Make(), null));
        Assert.Null(GraphPieces.Of(OpenNetworks.All["chain"].Make(), null, longest: 100));
    }

    [Fact]
    public void What_is_wrong_with_a_long_graph_the_whole_tells()
    {
        var model = Long(9000);
        model.Graph.Node[5000].OpType = "Unheard";

        Assert.Null(GraphPieces.Of(model, null));
        Assert.Contains("Unheard", Assert.Throws<InputException>(() => RuntimeGraph.Of(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_graph_is_fused_as_a_short_one_is()
    {
        var network = RuntimeGraph.Of(Long(9000)).Network;

        Assert.Equal(4501, network.Layers.Count);
        Assert.All(network.Layers, layer => Assert.Equal("Convolution2D", layer.Layer?.Kind));
    }

    private static ModelProto Long(int nodes)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5, kernel: 1);
        for (var node = 0; node < nodes; node += 2) x = b.Node("Relu", [b.Conv(x, 5, 5, kernel: 1)]);
        return b.Output(x);
    }

    private static void Same(ModelProto model, int longest, int? withConstants = null)
    {
        var before = model.ToByteArray();
        var pieces = GraphPieces.Of(model, null, longest)!;
        var (whole, joined) = (RuntimeGraph.Of(model).Network, RuntimeGraph.OfPieces(model, pieces, null, subgraphs: false)!.Network);

        Assert.True(pieces.Models.Count > 1);
        Assert.All(pieces.Models, piece => Assert.InRange(piece.Graph.Node.Count(node => node.OpType != "Constant"), 1, withConstants ?? longest));
        Assert.Equal(Layers(whole), Layers(joined));
        Assert.Equal(whole.GraphOutputs.Select(output => whole.Tensors[output].Name), joined.GraphOutputs.Select(output => joined.Tensors[output].Name));
        foreach (var tensor in joined.Tensors) Assert.Equal(ShapeInference.InferWhole(model, null)[tensor.Name].Shape, tensor.Shape);
        Assert.Equal(before, model.ToByteArray());
    }

    // In what order the runtime writes down layers that do not wait for each other is its own affair.
    private static IEnumerable<string> Layers(Network network) => network.Layers
        .Select(layer => $"{layer.Name} {layer.Operator} {layer.Layer?.Kind} {string.Join(' ', layer.Layer?.Values ?? [])} "
            + string.Join(' ', layer.Inputs.Concat(layer.Outputs).Select(tensor => network.Tensors[tensor].Name)))
        .Order(StringComparer.Ordinal);
}

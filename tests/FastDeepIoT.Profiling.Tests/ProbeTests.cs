using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using Google.Protobuf;

namespace FastDeepIoT.Profiling.Tests;

public sealed class ProbeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    public void The_runtime_takes_every_probe(int first)
    {
        for (var seed = first; seed < first + 10; seed++)
        {
            var network = RuntimeGraph.Of(Probe.Of(seed).ToByteArray()).Network;

            Assert.NotEmpty(network.Layers);
            Assert.All(network.Tensors, tensor => Assert.All(tensor.Shape, size => Assert.True(size > 0, $"seed {seed}, tensor {tensor.Name}")));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_probe() => Assert.Equal(Probe.Of(7).ToByteArray(), Probe.Of(7).ToByteArray());

    // A block that moves positions into channels, eight times in a row.
    [Fact]
    public void Repeated_blocks_do_not_widen_an_image_without_bound() =>
        Assert.All(Probe.Of(200544).Graph.Initializer, weights => Assert.All(weights.Dims, size => Assert.InRange(size, 0, 20_000)));

    [Fact]
    public void Names_are_given_to_models_of_heavy_weights_too()
    {
        var builder = new ProbeBuilder(new ProbeRandom(0));
        var wide = builder.Node("MatMul", [builder.Input(1, 4100).Name, builder.Fill(0, 4100, 4100)], [1, 4100]);
        builder.Unary("Relu", wide);

        Assert.Equal(2, RuntimeGraph.Of(NamedModel.Of(builder.Build())).Network.Layers.Count);
    }

    [Fact]
    public void Probes_show_what_networks_are_made_of()
    {
        var nodes = Enumerable.Range(0, 300).SelectMany(seed => Probe.Of(seed).Graph.Node).ToList();

        var operators = nodes.Select(node => node.OpType).ToHashSet();
        Assert.Subset(operators, new HashSet<string> {
            "Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN", "MaxPool", "AveragePool", "GlobalAveragePool", "BatchNormalization",
            "InstanceNormalization", "LayerNormalization", "Softmax", "Relu", "Sigmoid", "Tanh", "PRelu", "Add", "Mul", "ReduceMean", "Resize", "Concat",
            "Split", "Slice", "Transpose", "Reshape", "Pad", "Gather", "DepthToSpace" });
        var kernels = nodes.Where(node => node.OpType == "Conv").Select(node => node.Attribute.First(attribute => attribute.Name == "kernel_shape").Ints.Count);
        Assert.Subset(kernels.ToHashSet(), new HashSet<int> { 1, 2, 3 });
    }

    [Fact]
    public void A_twin_has_the_same_layers_with_neighbouring_widths()
    {
        var pairs = Enumerable.Range(0, 40).Select(seed => (One: Probe.Of(seed).Graph, Twin: Probe.Of(Probe.Twin(seed, 1)).Graph)).ToList();

        // Where an operator needs a multiple of something, there may be another one in its place.
        var alike = pairs.Where(pair => pair.One.Node.Take(4).Select(node => node.OpType).SequenceEqual(pair.Twin.Node.Take(4).Select(node => node.OpType))).ToList();
        Assert.InRange(alike.Count, 30, 40);
        var wider = alike.Count(pair => pair.One.Initializer.Zip(pair.Twin.Initializer)
            .Any(weights => weights.First.Dims.Count > 0 && weights.Second.Dims.Count > 0 && weights.Second.Dims[0] == weights.First.Dims[0] + 1));
        Assert.InRange(wider, 20, 40);
        Assert.Equal((4, 4), (Probe.Origin(4), Probe.Origin(Probe.Twin(4, 1))));
    }

    [Fact]
    public void Some_probes_are_deep_and_repeat_their_blocks_with_other_weights()
    {
        var graphs = Enumerable.Range(0, 60).Select(seed => Probe.Of(seed).Graph).ToList();

        Assert.Contains(graphs, graph => graph.Node.Count > 100);
        var repeated = graphs.SelectMany(graph => graph.Initializer.Where(weights => weights.Dims.Count == 4 && weights.RawData.Length > 1000)
            .GroupBy(weights => string.Join('x', weights.Dims)).Where(alike => alike.Count() > 3)).ToList();
        Assert.NotEmpty(repeated);
        Assert.All(repeated, alike => Assert.Equal(alike.Count(), alike.Select(weights => weights.RawData).Distinct().Count()));
    }

    [Fact]
    public void Some_probes_go_on_from_an_image_as_from_a_series_and_enlarge_images_by_repeating()
    {
        var graphs = Enumerable.Range(0, 200).Select(seed => Probe.Of(seed).Graph).ToList();

        Assert.Contains(graphs, graph => graph.Node.Any(node => node.OpType is "LSTM" or "GRU") && graph.Node.Any(node => node.OpType == "Conv"));
        Assert.Contains(graphs.SelectMany(graph => graph.Node), node => node.OpType == "Resize" && node.Attribute.Any(attribute => attribute.S.ToStringUtf8() == "floor"));
    }

    [Fact]
    public void Some_probes_begin_with_numbers_looked_up_in_a_table_and_pick_single_slices_as_exporters_do()
    {
        var graphs = Enumerable.Range(0, 60).Select(seed => Probe.Of(seed).Graph).ToList();

        TensorProto? Constant(GraphProto graph, string name) => graph.Initializer.FirstOrDefault(tensor => tensor.Name == name);
        var gathers = graphs.SelectMany(graph => graph.Node.Where(node => node.OpType == "Gather").Select(node => (graph, node))).ToList();
        Assert.Contains(gathers, gather => Constant(gather.graph, gather.node.Input[0]) is { Dims.Count: 2 });
        Assert.Contains(gathers, gather => Constant(gather.graph, gather.node.Input[1]) is { Dims.Count: 0 });
    }

    [Fact]
    public void Kernels_add_up_to_nothing_so_that_signs_stay_a_matter_of_chance()
    {
        var graph = Enumerable.Range(0, 20).Select(seed => Probe.Of(seed).Graph).First(graph => graph.Node.Any(node => node.OpType == "Conv"));
        var weights = graph.Initializer.Single(tensor => tensor.Name == graph.Node.First(node => node.OpType == "Conv").Input[1]);

        var kernel = MemoryMarshal.Cast<byte, float>(weights.RawData.Span)[..(int)weights.Dims.Skip(1).Aggregate(1L, (product, size) => product * size)];
        Assert.Equal(0, TensorPrimitives.Sum(kernel), 1e-4f);
    }

    [Fact]
    public void Some_probes_let_callers_replace_their_weights_as_older_exporters_did() =>
        Assert.InRange(Enumerable.Range(0, 200).Count(seed => Probe.Of(seed).Graph.Input.Count > 1), 2, 30);
}

using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
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

    [Fact]
    public void Probes_show_what_networks_are_made_of()
    {
        var nodes = Enumerable.Range(0, 150).SelectMany(seed => Probe.Of(seed).Graph.Node).ToList();

        var operators = nodes.Select(node => node.OpType).ToHashSet();
        Assert.Subset(operators, new HashSet<string> {
            "Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN", "MaxPool", "AveragePool", "GlobalAveragePool", "BatchNormalization",
            "InstanceNormalization", "LayerNormalization", "Softmax", "Relu", "Sigmoid", "Tanh", "PRelu", "Add", "Mul", "ReduceMean", "Resize", "Concat",
            "Split", "Slice", "Transpose", "Reshape", "Pad", "Gather", "DepthToSpace" });
        var kernels = nodes.Where(node => node.OpType == "Conv").Select(node => node.Attribute.First(attribute => attribute.Name == "kernel_shape").Ints.Count);
        Assert.Subset(kernels.ToHashSet(), new HashSet<int> { 1, 2, 3 });
    }
}

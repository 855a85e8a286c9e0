using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Graphs;

public sealed class WrittenShapesTests
{
    [Fact]
    public void What_the_runtime_wrote_is_what_it_infers()
    {
        var model = Network();
        var fused = Fused(model);

        var written = WrittenShapes.Of(fused, model);

        var inferred = ShapeInference.Infer(fused);
        Assert.NotNull(written);
        foreach (var name in fused.Graph.Node.SelectMany(node => node.Output).Append(fused.Graph.Input[0].Name))
        {
            Assert.Equal(inferred.Find(name)!.Shape, written.Find(name)!.Shape);
            Assert.Equal(inferred.Find(name)!.ElementType, written.Find(name)!.ElementType);
        }
    }

    [Fact]
    public void What_a_file_claims_about_its_tensors_is_not_taken_for_inferred()
    {
        var model = Network();
        var fused = Fused(model);
        model.Graph.ValueInfo.Add(new ValueInfoProto { Name = fused.Graph.Node[0].Output[0] });

        Assert.Null(WrittenShapes.Of(fused, model));
    }

    private static ModelProto Network()
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.BatchNormalization(b.Conv(b.Input(1, 3, 8, 8), 3, 40, bias: false), 40)]);
        return b.Output(b.Gemm(b.Node("Flatten", [b.Conv(x, 40, 33)]), 33 * 64, 10));
    }

    private static ModelProto Fused(ModelProto model)
    {
        using var weightless = new WeightlessModel(model, ShapeInference.Infer(model));
        return weightless.Optimize(GraphOptimizationLevel.ORT_ENABLE_EXTENDED, file: null);
    }
}

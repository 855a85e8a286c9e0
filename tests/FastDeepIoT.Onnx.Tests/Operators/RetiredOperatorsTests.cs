using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Operators;

/// <summary>Behind operators whose shapes the runtime does not infer, shapes are known all the same, and they are those of a run.</summary>
public sealed class RetiredOperatorsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(new long[] { 5, 6 })]
    public void Layers_behind_them_have_a_time(long[]? scale)
    {
        var model = Model(scale);

        var layers = RuntimeGraph.Of(model).Network.Layers;

        Assert.All(layers, layer => Assert.NotNull(layer.Layer));
        Assert.Contains(layers, layer => layer is { Operator: "Crop", Layer.Kind: "Slice" });
        Assert.Equal(RunShape(model), ShapeInference.Infer(model).Find(model.Graph.Output[0].Name)!.Shape);
    }

    [Fact]
    public void Others_of_the_same_name_may_be_anything()
    {
        var model = Model(null);
        foreach (var node in model.Graph.Node.Where(node => node.OpType == "Crop")) node.Domain = "somebody.else";

        Assert.Equal("Crop", OperatorTable.WithShapes(model.Graph.Node.Single(node => node.OpType == "Crop")).OpType);
    }

    private static ModelProto Model(long[]? scale)
    {
        var b = new ModelBuilder(opset: 7, irVersion: 3);
        var image = b.Node("ImageScaler", [b.Input(1, 3, 16, 12)], ("scale", 0.5f), ("bias", new[] { 1f, 2f, 3f }));
        var layer = b.Conv(image, 3, 4, bias: false);
        var border = ("border", (object)new long[] { 1, 2, 3, 4 });
        layer = b.Node("Crop", [layer], scale is null ? [border] : [border, ("scale", scale)]);
        b.Output(b.Node("Affine", [b.Conv(layer, 4, 2, bias: false)], ("alpha", 2f), ("beta", 1f)));
        b.DeclareInitializers();
        return b.Model;
    }

    private static long[] RunShape(ModelProto model)
    {
        using var options = Runtime.Options(GraphOptimizationLevel.ORT_DISABLE_ALL, threads: 1);
        using var session = new InferenceSession(model.ToByteArray(), options);
        using var run = new RunOptions();
        using var input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [1, 3, 16, 12]);
        using var outputs = session.Run(run, new Dictionary<string, OrtValue> { [model.Graph.Input[0].Name] = input }, session.OutputNames);
        return outputs[0].GetTensorTypeAndShape().Shape;
    }
}

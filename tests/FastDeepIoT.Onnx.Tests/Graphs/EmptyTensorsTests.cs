using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx.Tests.Graphs;

/// <summary>Operators that end the process when they get nothing are not given nothing; those that pass it on are.</summary>
public sealed class EmptyTensorsTests
{
    [Theory]
    [InlineData("ReduceMean")]
    [InlineData("Softmax")]
    [InlineData("GlobalAveragePool")]
    [InlineData("Einsum", "equation", "abcd->abc")] // of which the table knows nothing
    public void Nothing_to_work_on(string type, string? attribute = null, string? value = null)
    {
        var model = new ModelBuilder();
        var nothing = NothingLeft(model);
        model.Output(attribute is null ? model.Node(type, [nothing]) : model.Node(type, [nothing], (attribute, value!)));

        var refused = Assert.Throws<InputException>(() => RuntimeHazards.CheckRunning(model.Model, "model.onnx"));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
        Assert.Contains($"the {type} '{model.Model.Graph.Node[^1].Name}' has nothing to work on, as '{nothing}' has the shape 1x4x0x7", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("Flatten")]
    [InlineData("Sigmoid")]
    public void Nothing_to_pass_on(string type)
    {
        var model = new ModelBuilder();
        model.Output(model.Node(type, [NothingLeft(model)]));

        Assert.Null(Record.Exception(() => RuntimeHazards.CheckRunning(model.Model, "model.onnx")));
    }

    [Fact]
    public void What_is_predicted_can_be_run()
    {
        var model = new ModelBuilder();
        model.Output(model.Node("ReduceMean", [NothingLeft(model)]));

        Assert.Contains("has nothing to work on", Assert.Throws<InputException>(() => RuntimeGraph.Of(model.Model)).Message, StringComparison.Ordinal);
    }

    // The sizes of a single number, as exporters multiply them.
    [Fact]
    public void Empty_lists_of_integers_may_be_worked_on()
    {
        var model = new ModelBuilder();
        var count = model.Node("Cast", [model.Node("ReduceProd", [model.Integers()])], ("to", (long)DataType.Float));
        model.Output(model.Node("Mul", [model.Conv(model.Input(1, 3, 8, 8), 3, 4), count]));

        Assert.NotEmpty(RuntimeGraph.Of(model.Model).Network.Layers);
    }

    // The runtime computes them while it loads a model; so do we, where they tell sizes.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Constants_computed_from_nothing(bool tellSizes)
    {
        var model = new ModelBuilder();
        var nothing = model.Node("InstanceNormalization", [model.Weights(1, 2, 0, 3), model.Weights(2), model.Weights(2)]);
        var image = model.Conv(model.Input(1, 3, 8, 8), 3, 4);
        model.Output(tellSizes
            ? model.Node("ConstantOfShape", [model.Node("Cast", [model.Node("ReduceSum", [nothing])], ("to", (long)DataType.Int64))])
            : model.Node("Add", [image, nothing]));

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(model.Model));

        Assert.Contains("the InstanceNormalization 'InstanceNormalization3' has nothing to work on", refused.Message, StringComparison.Ordinal);
    }

    // A window as large as an image that is as small as sizes nobody gave.
    private static string NothingLeft(ModelBuilder model) =>
        model.Node("MaxPool", [model.Conv(model.Input(1, 3, 1, 8), 3, 4)], ("kernel_shape", new long[] { 2, 2 }));
}

using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Rewrites;

public sealed class FoldChannelsTests
{
    [Fact]
    public void A_constant_channel_goes_into_the_bias_of_a_reader_without_padding()
    {
        var model = Chain(kernel: 1);
        SilenceRows(model, [5, 3, 1, 1], 1, 3);

        Assert.Equal((0, 2, 0), Removed(model));
    }

    [Fact]
    public void A_reader_without_a_bias_gets_one()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Node("Sigmoid", [b.Conv(b.Input(1, 3, 8, 8), 3, 5, kernel: 1)]), 5, 4, kernel: 1, bias: false));
        SilenceRows(model, [5, 3, 1, 1], 2);

        Assert.Equal((0, 1, 0), Removed(model));
    }

    [Fact]
    public void Where_a_reader_pads_one_constant_channel_takes_the_shares_of_the_others()
    {
        var model = Chain(kernel: 3);
        SilenceRows(model, [5, 3, 3, 3], 1, 3, 4);

        Assert.Equal((0, 2, 0), Removed(model));
    }

    [Fact]
    public void A_single_constant_channel_before_padding_is_kept()
    {
        var model = Chain(kernel: 3);
        SilenceRows(model, [5, 3, 3, 3], 1);

        Assert.Equal((0, 0, 0), Removed(model));
    }

    [Fact]
    public void A_channel_without_scale_is_constant()
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.BatchNormalization(b.Conv(b.Input(1, 3, 8, 8), 3, 5, bias: false), 5)]);
        var model = b.Output(b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]), 5, 4));
        Change(model, model.Graph.Node[1].Input[1], (value, position) => position[0] is 0 or 2 ? 0 : value);
        Change(model, model.Graph.Node[1].Input[2], (value, position) => position[0] == 0 ? -0.5f : 0.25f);

        Assert.Equal((1, 1, 0), Removed(model));
    }

    [Fact]
    public void A_constant_goes_behind_a_matrix_product_too()
    {
        var b = new ModelBuilder();
        var x = b.Node("Sigmoid", [b.Node("Add", [b.Node("MatMul", [b.Input(2, 3), b.Weights(3, 7)]), b.Weights(7)])]);
        var model = b.Output(b.Node("Add", [b.Node("MatMul", [x, b.Weights(7, 4)]), b.Weights(4)]));
        Change(model, model.Graph.Node[0].Input[1], (value, position) => position[1] == 6 ? 0 : value);

        Assert.Equal((0, 1, 0), Removed(model));
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("depthwise")]
    [InlineData("batch normalization")]
    [InlineData("flatten")]
    [InlineData("flatten of a transposed image")]
    [InlineData("learned slope")]
    [InlineData("gate")]
    [InlineData("global pooling")]
    [InlineData("transposed convolution")]
    public void Channels_that_are_equal_are_merged(string network)
    {
        var model = OpenNetworks.All[network].Make();
        var groups = WidthGroups.Of(model);
        var width = groups.Open[0];
        foreach (var name in groups.Graph.Graph.Node.SelectMany(node => node.Input).Distinct())
            if (groups.Graph.Constant(name) is not null && groups.AxesOf(name) is { } axes)
                for (var axis = 0; axis < axes.Count; axis++)
                    if (axes[axis] == width.Width) MakeEqual(model, name, axis, 1, 3);

        var removed = Removed(model);

        Assert.Equal(network == "transposed convolution" ? (0, 0, 0) : (0, 0, 1), removed);
    }

    [Fact]
    public void Channels_that_differ_somewhere_are_kept()
    {
        var model = OpenNetworks.All["depthwise"].Make();
        MakeEqual(model, model.Graph.Node[0].Input[1], 0, 1, 3);
        MakeEqual(model, model.Graph.Node[0].Input[2], 0, 1, 3);

        Assert.Equal((0, 0, 0), Removed(model));
    }

    [Fact]
    public void Hidden_units_that_read_each_other_are_kept()
    {
        var model = OpenNetworks.All["bidirectional recurrence"].Make();

        Assert.Equal((0, 0, 0), Removed(model));
    }

    [Fact]
    public void Networks_without_such_channels_are_left_alone()
    {
        Assert.All(OpenNetworks.All, network => Assert.Empty(FoldChannels.Find(WidthGroups.Of(network.Value.Make()))));
    }

    private static ModelProto Chain(long kernel)
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Node("Sigmoid", [b.Conv(b.Input(1, 3, 8, 8), 3, 5, kernel)]), 5, 4, kernel));
    }

    private static (int Idle, int Constant, int Equal) Removed(ModelProto model)
    {
        var groups = WidthGroups.Of(model);
        var folded = FoldChannels.Apply(model, groups, FoldChannels.Find(groups));
        Same(model, folded);

        var slim = SlimModel.Of(model, groups, null);
        Same(model, slim.Model);
        return (slim.Removed.Values.Sum(removed => removed.Idle), slim.Removed.Values.Sum(removed => removed.Constant), slim.Removed.Values.Sum(removed => removed.Equal));
    }

    private static void Same(ModelProto model, ModelProto other)
    {
        var result = Verifier.Compare(model, other, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Passed, result.Reason);
        Assert.True(result.MaxRelativeDifference <= 1e-5, $"differs by {result.MaxRelativeDifference}");
    }

    private static void SilenceRows(ModelProto model, long[] shape, params int[] channels) =>
        Change(model, model.Graph.Initializer.Single(tensor => tensor.Dims.SequenceEqual(shape)).Name, (value, position) => channels.Contains(position[0]) ? 0 : value);

    private static void MakeEqual(ModelProto model, string name, int axis, int channel, int other)
    {
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == name);
        var values = Values(tensor);
        Change(model, name, (value, position) =>
            position[axis] == other ? values[Offset(tensor, [.. position.Select((at, index) => index == axis ? channel : at)])] : value);
    }

    private static void Change(ModelProto model, string name, Func<float, int[], float> change)
    {
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == name);
        var values = Values(tensor);
        for (var at = 0; at < values.Length; at++) values[at] = change(values[at], Position(tensor, at));
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static float[] Values(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    private static int[] Position(TensorProto tensor, int at)
    {
        var position = new int[tensor.Dims.Count];
        for (var axis = position.Length - 1; axis >= 0; axis--) (at, position[axis]) = (at / (int)tensor.Dims[axis], at % (int)tensor.Dims[axis]);
        return position;
    }

    private static int Offset(TensorProto tensor, int[] position) =>
        position.Select((at, axis) => (at, axis)).Aggregate(0, (offset, step) => offset * (int)tensor.Dims[step.axis] + step.at);
}

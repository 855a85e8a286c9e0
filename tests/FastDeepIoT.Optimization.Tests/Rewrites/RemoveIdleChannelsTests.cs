using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Rewrites;

public sealed class RemoveIdleChannelsTests
{
    [Fact]
    public void Channels_without_weights_are_removed()
    {
        var model = OpenNetworks.All["chain"].Make();
        Clear(Constant(model, 5, 3, 3, 3), axis: 0, 1, 3);
        Clear(Constant(model, 5), axis: 0, 1, 3);

        Assert.Equal([1, 3], Removed(model));
    }

    [Fact]
    public void Channels_that_nobody_reads_are_removed()
    {
        var model = OpenNetworks.All["chain"].Make();
        Clear(Constant(model, 4, 5, 3, 3), axis: 1, 2);

        Assert.Equal([2], Removed(model));
    }

    [Fact]
    public void A_channel_with_a_bias_is_kept()
    {
        var model = OpenNetworks.All["chain"].Make();
        Clear(Constant(model, 5, 3, 3, 3), axis: 0, 1);

        Assert.Empty(Removed(model));
    }

    [Fact]
    public void A_channel_whose_bias_never_passes_the_activation_is_removed()
    {
        var model = OpenNetworks.All["chain"].Make();
        Clear(Constant(model, 5, 3, 3, 3), axis: 0, 1);
        Change(Constant(model, 5), (value, position) => position[0] == 1 ? -1 : value);

        Assert.Equal([1], Removed(model));
    }

    [Fact]
    public void A_channel_that_a_residual_fills_is_kept()
    {
        var model = OpenNetworks.All["residual"].Make();
        Clear(Constant(model, 6, 3, 3, 3), axis: 0, 1);
        Clear(model.Graph.Initializer.First(tensor => tensor.Dims is [6]), axis: 0, 1);

        Assert.Empty(Removed(model));
    }

    [Fact]
    public void Channels_behind_a_sigmoid_are_not_zero()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Node("Sigmoid", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)]), 5, 4));
        Clear(Constant(model, 5, 3, 3, 3), axis: 0, 1);
        Clear(Constant(model, 5), axis: 0, 1);

        Assert.Empty(Removed(model));
    }

    [Fact]
    public void Interleaved_channels_are_found()
    {
        var model = OpenNetworks.All["flatten of a transposed image"].Make();
        Change(Constant(model, 80, 6), (value, position) => position[0] % 5 == 4 ? 0 : value);

        Assert.Equal([4], Removed(model));
    }

    [Fact]
    public void Hidden_units_without_weights_are_removed()
    {
        var b = new ModelBuilder();
        var x = b.Nodes("GRU", [b.Input(6, 1, 3), b.Weights(1, 12, 3), b.Weights(1, 12, 4), b.Weights(1, 24)], 1, ("hidden_size", 4L))[0];
        var model = b.Output(b.Node("MatMul", [b.Node("Squeeze", [x, b.Integers(1)]), b.Weights(4, 2)]));
        Change(Constant(model, 1, 12, 3), (value, position) => position[1] % 4 == 2 ? 0 : value);
        Change(Constant(model, 1, 12, 4), (value, position) => position[1] % 4 == 2 || position[2] == 2 ? 0 : value);
        Change(Constant(model, 1, 24), (value, position) => position[1] % 4 == 2 ? 0 : value);

        Assert.Equal([2], Removed(model));
    }

    [Fact]
    public void Padding_is_taken_back()
    {
        foreach (var (network, (make, open)) in OpenNetworks.All)
        {
            var model = make();
            var groups = WidthGroups.Of(model);
            var padded = PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + 3));

            var again = WidthGroups.Of(padded);
            var slim = RemoveIdleChannels.Apply(padded, again, RemoveIdleChannels.Find(again));

            Assert.True(open.SequenceEqual(WidthGroups.Of(slim).Open.Select(group => group.Size)), network);
            Assert.True(Same(model, slim).Passed, network);
        }
    }

    private static IReadOnlyList<int> Removed(ModelProto model)
    {
        var groups = WidthGroups.Of(model);
        var idle = RemoveIdleChannels.Find(groups);

        var result = Same(model, RemoveIdleChannels.Apply(model, groups, idle));

        Assert.True(result.Passed, result.Reason);
        return idle.Values.SingleOrDefault() ?? [];
    }

    private static VerificationResult Same(ModelProto model, ModelProto slim) =>
        Verifier.Compare(model, slim, cancellation: TestContext.Current.CancellationToken);

    private static TensorProto Constant(ModelProto model, params long[] shape) =>
        model.Graph.Initializer.Single(tensor => tensor.Dims.SequenceEqual(shape));

    private static void Clear(TensorProto tensor, int axis, params int[] channels) =>
        Change(tensor, (value, position) => channels.Contains(position[axis]) ? 0 : value);

    private static void Change(TensorProto tensor, Func<float, int[], float> change)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        for (var at = 0; at < values.Length; at++) values[at] = change(values[at], Position(tensor, at));
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static int[] Position(TensorProto tensor, int at)
    {
        var position = new int[tensor.Dims.Count];
        for (var axis = position.Length - 1; axis >= 0; axis--) (at, position[axis]) = (at / (int)tensor.Dims[axis], at % (int)tensor.Dims[axis]);
        return position;
    }
}
